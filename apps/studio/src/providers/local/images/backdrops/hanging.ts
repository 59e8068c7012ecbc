import { circle, ellipse, num, polygon, stroke, times } from '../svg.js';
import type { Scene } from './backdrop.js';

/** Sagging cords across the top of the picture. */
function cords(
  { frame, random }: Scene,
  top: number,
  sag: number,
): Array<{ x: number; y: number; dip: (share: number) => number; span: number }> {
  const spans = Math.max(1, Math.round(frame.width / (frame.height * 0.75)));
  const lift = random.between(0.8, 1.2);
  return Array.from({ length: spans }, (_, index) => ({
    x: (index / spans) * frame.width,
    y: frame.height * top,
    span: frame.width / spans,
    dip: (share) => frame.height * (top + sag * lift * 4 * share * (1 - share)),
  }));
}

const curve = (cord: { x: number; span: number; dip: (share: number) => number }): string =>
  Array.from(
    { length: 15 },
    (_, step) =>
      `${step === 0 ? 'M' : 'L'}${num(cord.x + (step / 14) * cord.span)} ${num(cord.dip(step / 14))}`,
  ).join('');

/** Pennants on cords. */
export function bunting(scene: Scene): string {
  const size = scene.frame.unit * 0.05;
  return cords(scene, 0.03, 0.09)
    .map((cord) => {
      const count = Math.max(4, Math.round(cord.span / (size * 1.5)));
      const flags = Array.from({ length: count }, (_, index) => {
        const share = (index + 0.5) / count;
        const x = cord.x + share * cord.span;
        const y = cord.dip(share);
        return polygon(
          [
            [x - size * 0.5, y],
            [x + size * 0.5, y],
            [x, y + size * 1.15],
          ],
          scene.palette.accents[index % 4] ?? '#f2545b',
        );
      });
      return stroke(curve(cord), '#fffaf0', scene.frame.unit * 0.005) + flags.join('');
    })
    .join('');
}

/** Light bulbs on cords. */
export function lights(scene: Scene): string {
  const { frame, defs } = scene;
  const glow = defs.radial([
    [0, '#ffe9a8', 0.9],
    [0.35, '#ffd76a', 0.4],
    [1, '#ffd76a', 0],
  ]);
  return [0.02, 0.06]
    .flatMap((top, row) => cords(scene, top, 0.1 + row * 0.05))
    .map((cord) => {
      const count = Math.max(5, Math.round(cord.span / (frame.unit * 0.075)));
      const bulbs = Array.from({ length: count }, (_, index) => {
        const share = (index + 0.5) / count;
        const x = cord.x + share * cord.span;
        const y = cord.dip(share) + frame.unit * 0.008;
        return circle(x, y, frame.unit * 0.026, glow) + circle(x, y, frame.unit * 0.0085, '#fff3c4');
      });
      return (
        stroke(curve(cord), scene.palette.night ? '#5b5378' : '#6b5a4d', frame.unit * 0.003) + bulbs.join('')
      );
    })
    .join('');
}

/** Marigolds on cords. */
export function garland(scene: Scene): string {
  const size = scene.frame.unit * 0.017;
  return cords(scene, 0.01, 0.12)
    .map((cord) =>
      times(Math.round(cord.span / (size * 1.5)), (index, count) => {
        const share = (index + 0.5) / count;
        const x = cord.x + share * cord.span;
        return (
          circle(
            x,
            cord.dip(share),
            size,
            index % 5 === 4 ? '#ffffff' : index % 2 === 0 ? '#f58220' : '#ffb300',
          ) + circle(x, cord.dip(share), size * 0.45, '#e0651a', { opacity: 0.6 })
        );
      }),
    )
    .join('');
}

/** Chandeliers from the ceiling. */
export function chandelier(scene: Scene): string {
  const { frame, defs } = scene;
  const count = Math.max(1, Math.round(frame.width / frame.height / 1.4));
  return Array.from({ length: count }, (_, index) => {
    const x = ((index + 0.5) / count) * frame.width;
    const y = frame.height * 0.13;
    const size = Math.min(frame.unit * 0.12, frame.height * 0.1);
    const arms = [-1, -0.5, 0, 0.5, 1]
      .map(
        (side) =>
          stroke(
            `M${num(x)} ${num(y)}Q${num(x + side * size * 0.6)} ${num(y + size * 0.5)} ${num(x + side * size)} ${num(y + size * 0.12)}`,
            '#d9a441',
            size * 0.06,
          ) + ellipse(x + side * size, y - size * 0.02, size * 0.06, size * 0.14, '#fff3c4'),
      )
      .join('');
    return (
      circle(
        x,
        y,
        size * 2.2,
        defs.radial([
          [0, '#ffe9b0', 0.65],
          [1, '#ffe9b0', 0],
        ]),
      ) +
      stroke(`M${num(x)} 0V${num(y)}`, '#b8863a', size * 0.05) +
      arms +
      [-0.6, -0.2, 0.2, 0.6]
        .map((side) =>
          ellipse(
            x + side * size,
            y + size * 0.55 - Math.abs(side) * size * 0.25,
            size * 0.05,
            size * 0.1,
            '#eaf6ff',
          ),
        )
        .join('')
    );
  }).join('');
}
