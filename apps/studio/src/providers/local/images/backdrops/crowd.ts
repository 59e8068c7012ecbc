import { darken, lighten } from '../colour.js';
import { circle, num, shape, stroke } from '../svg.js';
import type { Scene } from './backdrop.js';

/**
 * Rows of people seen from behind.
 * @param y where the heads of the farthest row are, in pixels
 * @param lively with raised arms
 */
export function crowd(scene: Scene, y: number, lively: boolean): string {
  const { frame, random, palette } = scene;
  const rows = 3;
  return Array.from({ length: rows }, (_, row) => {
    const size = frame.unit * (0.022 + row * 0.009);
    const at = y + (frame.height - y) * (row / rows) * 0.95;
    const tone = darken(lively ? palette.accents[3] : palette.sky[0], 0.5 + row * 0.14);
    const count = Math.ceil(frame.width / (size * 2.5)) + 1;
    return Array.from({ length: count }, (_, index) => {
      const x = (index + random.between(-0.2, 0.2) + (row % 2) * 0.5) * size * 2.5;
      const head = at + size * random.between(-0.3, 0.6);
      const arm =
        lively && random.chance(0.42)
          ? stroke(
              `M${num(x + size * 0.9)} ${num(head + size * 2)}L${num(x + size * random.between(0.8, 1.5))} ${num(head - size * random.between(1, 2))}`,
              tone,
              size * 0.5,
            )
          : '';
      const rim = stroke(
        `M${num(x - size * 0.7)} ${num(head - size * 0.6)}A${num(size)} ${num(size)} 0 0 1 ${num(x + size * 0.7)} ${num(head - size * 0.6)}`,
        lighten(palette.accents[0], 0.35),
        size * 0.14,
        { opacity: 0.65 },
      );
      return (
        arm +
        circle(x, head, size, tone) +
        shape(
          `M${num(x - size * 1.5)} ${frame.height + 2}V${num(head + size * 2.1)}Q${num(x)} ${num(head + size * 0.5)} ${num(x + size * 1.5)} ${num(head + size * 2.1)}V${frame.height + 2}Z`,
          tone,
        ) +
        rim
      );
    }).join('');
  }).join('');
}
