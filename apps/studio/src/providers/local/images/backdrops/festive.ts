import { type Hex, lighten } from '../colour.js';
import { circle, num, shape, stroke } from '../svg.js';
import type { Scene } from './backdrop.js';

/** One of the scene's accent colours. */
export const accent = (scene: Scene): Hex => scene.random.pick(scene.palette.accents);

function burst(scene: Scene, x: number, y: number, radius: number, colour: Hex): string {
  const { random, defs } = scene;
  const rays = 18;
  const sparks = Array.from({ length: rays }, (_, index) => {
    const angle = (index / rays) * Math.PI * 2 + random.between(-0.06, 0.06);
    const reach = radius * random.between(0.8, 1);
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    return (
      stroke(
        `M${num(x + dx * radius * 0.22)} ${num(y + dy * radius * 0.22)}L${num(x + dx * reach)} ${num(y + dy * reach)}`,
        index % 2 === 0 ? colour : lighten(colour, 0.45),
        radius * 0.028,
      ) +
      circle(x + dx * reach * 1.08, y + dy * reach * 1.08, radius * 0.035, lighten(colour, 0.6)) +
      circle(x + dx * reach * 0.6, y + dy * reach * 0.62, radius * 0.025, '#ffffff', { opacity: 0.9 })
    );
  }).join('');
  return (
    circle(
      x,
      y,
      radius * 1.2,
      defs.radial([
        [0, colour, 0.5],
        [1, colour, 0],
      ]),
    ) + sparks
  );
}

/** Bursts in the upper sky. */
export function fireworks(scene: Scene): string {
  const { frame, random } = scene;
  const count = Math.max(4, Math.min(9, Math.round(4 * (frame.width / frame.height))));
  const tones = random.shuffle(['#ff5d73', '#ffd23f', '#4cd3ff', '#9dff7a', '#d78bff', '#ff9f43'] as const);
  return Array.from({ length: count }, (_, index) =>
    burst(
      scene,
      ((index + random.between(0.25, 0.75)) / count) * frame.width,
      frame.height * random.between(0.11, 0.27),
      Math.min(frame.height * 0.13, frame.unit * random.between(0.09, 0.16)),
      tones[index % tones.length] ?? '#ffd23f',
    ),
  ).join('');
}

/** `count` small things at random places above `low` (share of the height). */
export function scatter(
  scene: Scene,
  count: number,
  low: number,
  draw: (x: number, y: number) => string,
): string {
  const { frame, random } = scene;
  return Array.from(
    { length: Math.round(count * Math.min(2.5, Math.max(frame.width, frame.height) / frame.unit)) },
    () => draw(random.next() * frame.width, random.next() * frame.height * low),
  ).join('');
}

/** A heart around a point. */
export const heart = (x: number, y: number, size: number, fill: string): string =>
  shape(
    `M${num(x)} ${num(y + size)}C${num(x - size * 1.6)} ${num(y - size * 0.2)} ${num(x - size * 0.7)} ${num(y - size * 1.2)} ${num(x)} ${num(y - size * 0.4)}C${num(x + size * 0.7)} ${num(y - size * 1.2)} ${num(x + size * 1.6)} ${num(y - size * 0.2)} ${num(x)} ${num(y + size)}Z`,
    fill,
  );

/** Clouds of coloured powder. */
export function powder(scene: Scene): string {
  const { frame, random, defs } = scene;
  return ['#ff3d7f', '#ffb300', '#00c2d1', '#8a4be0', '#4cb963', '#ff6a3d']
    .map((colour) => {
      const x = random.next() * frame.width;
      const y = frame.height * random.between(0.15, 0.6);
      return (
        [0, 1, 2, 3]
          .map(() =>
            circle(
              x + frame.unit * random.between(-0.12, 0.12),
              y + frame.unit * random.between(-0.1, 0.1),
              frame.unit * random.between(0.08, 0.18),
              defs.radial([
                [0, colour, 0.75],
                [0.6, colour, 0.4],
                [1, colour, 0],
              ]),
            ),
          )
          .join('') + scatter(scene, 10, 0.7, (px, py) => circle(px, py, frame.unit * 0.005, colour))
      );
    })
    .join('');
}
