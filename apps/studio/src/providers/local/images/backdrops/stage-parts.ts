import { type Hex, lighten, mix } from '../colour.js';
import { circle, num, polygon, rect, stroke } from '../svg.js';
import type { Scene } from './backdrop.js';
import { crowd } from './crowd.js';

/** Beams of light from above; drawn behind whoever is on stage. */
export function beams(scene: Scene, from: number, to: number, left: number, right: number): string {
  const { frame, random, palette, defs } = scene;
  const count = Math.max(4, Math.min(14, Math.round((right - left) / (frame.unit * 0.17))));
  return Array.from({ length: count }, (_, index) => {
    const x = left + ((index + 0.5) / count) * (right - left);
    const aim = x + frame.unit * random.between(-0.3, 0.3);
    const spread = frame.unit * random.between(0.05, 0.11);
    const colour = palette.accents[index % 4] ?? '#ffffff';
    return (
      polygon(
        [
          [x - frame.unit * 0.006, from],
          [x + frame.unit * 0.006, from],
          [aim + spread, to],
          [aim - spread, to],
        ],
        defs.linear([
          [0, lighten(colour, 0.5), 0.75],
          [1, colour, 0],
        ]),
      ) + circle(x, from, frame.unit * 0.014, '#fffbe8')
    );
  }).join('');
}

/** A lit screen with abstract slides: network, chart and rings. */
export function screen(scene: Scene, x: number, y: number, width: number, height: number): string {
  const { random, palette, defs, frame } = scene;
  const rim = Math.max(2, frame.unit * 0.008);
  const [hot, warm, cool, deep] = palette.accents;
  const points = Array.from(
    { length: 13 },
    () => [x + width * random.between(0.06, 0.94), y + height * random.between(0.1, 0.9)] as const,
  );
  const links = points
    .flatMap(([px, py], index) =>
      points
        .slice(index + 1)
        .filter(([qx, qy]) => Math.hypot(qx - px, qy - py) < width * 0.24)
        .map(([qx, qy]) =>
          stroke(`M${num(px)} ${num(py)}L${num(qx)} ${num(qy)}`, '#ffffff', rim * 0.3, { opacity: 0.55 }),
        ),
    )
    .join('');
  const dots = points
    .map(([px, py], index) =>
      circle(px, py, rim * (index % 3 === 0 ? 1.1 : 0.7), index % 3 === 0 ? warm : '#ffffff'),
    )
    .join('');
  const ring =
    circle(x + width * 0.5, y + height * 0.5, height * 0.3, cool, { opacity: 0.55 }) +
    circle(x + width * 0.5, y + height * 0.5, height * 0.22, '#ffffff', { opacity: 0.85 }) +
    polygon(
      [
        [x + width * 0.5 - height * 0.07, y + height * 0.38],
        [x + width * 0.5 + height * 0.13, y + height * 0.5],
        [x + width * 0.5 - height * 0.07, y + height * 0.62],
      ],
      hot,
    );
  return (
    rect(x - rim, y - rim, width + rim * 2, height + rim * 2, '#1d2135', { rx: rim }) +
    rect(
      x,
      y,
      width,
      height,
      defs.linear(
        [
          [0, deep],
          [0.6, mix(deep, hot, 0.6)],
          [1, hot],
        ],
        [0, 0, 1, 1],
      ),
    ) +
    links +
    dots +
    ring
  );
}

/** The stage's floor and front edge. */
export function platform(scene: Scene, y: number, left: number, right: number, tone: Hex): string {
  const { frame } = scene;
  const depth = frame.height * 0.045;
  return (
    polygon(
      [
        [left + frame.unit * 0.04, y - depth],
        [right - frame.unit * 0.04, y - depth],
        [right, y],
        [left, y],
      ],
      lighten(tone, 0.25),
    ) +
    rect(left, y, right - left, depth, tone) +
    rect(left, y, right - left, frame.unit * 0.006, lighten(tone, 0.6))
  );
}

/** The audience, if the scene wants one. */
export function seats(scene: Scene, y: number): string {
  const { decor } = scene.brief;
  return decor.has('audience') || decor.has('crowd') ? crowd(scene, y, decor.has('crowd')) : '';
}
