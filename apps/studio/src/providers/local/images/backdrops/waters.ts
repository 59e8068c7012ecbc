import { mix } from '../colour.js';
import { num, rect, stroke } from '../svg.js';
import type { Scene } from './backdrop.js';

/** Water between two heights, with glitter. */
export function water(scene: Scene, from: number, to: number): string {
  const { frame, palette, defs, random } = scene;
  const deep = mix(palette.water, palette.sky[0], 0.25);
  const glints = Array.from({ length: 70 }, () => {
    const depth = random.next() ** 1.6;
    const length = frame.unit * (0.012 + depth * 0.05);
    const x = frame.width * random.next();
    return stroke(
      `M${num(x)} ${num(from + (to - from) * depth)}h${num(length)}`,
      mix('#ffffff', palette.sky[2], 0.4),
      frame.unit * (0.0014 + depth * 0.002),
      { opacity: random.between(0.25, 0.75) },
    );
  }).join('');
  return (
    rect(
      0,
      from,
      frame.width,
      to - from + 2,
      defs.linear([
        [0, mix(palette.water, palette.sky[2], 0.5)],
        [1, deep],
      ]),
    ) + glints
  );
}
