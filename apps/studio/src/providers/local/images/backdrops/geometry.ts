import { circle, num, polygon, rect, stroke } from '../svg.js';
import type { Scene } from './backdrop.js';

/** Circles, rings, bars and dot grids as on modern posters. */
export function geometry(scene: Scene): string {
  const { frame, random, palette, defs } = scene;
  const [hot, warm, cool, deep] = palette.accents;
  const { width, height, unit } = frame;
  const flip = random.chance(0.5);
  const at = (share: number): number => (flip ? 1 - share : share) * width;
  const disc =
    circle(
      at(0.86),
      height * 0.16,
      unit * 0.24,
      defs.linear(
        [
          [0, warm],
          [1, hot],
        ],
        [0, 0, 1, 1],
      ),
    ) +
    circle(
      at(0.1),
      height * 0.52,
      unit * 0.17,
      defs.linear(
        [
          [0, cool, 0.95],
          [1, deep, 0.6],
        ],
        [0, 0, 1, 1],
      ),
    );
  const ring = `<circle cx="${num(at(0.2))}" cy="${num(height * 0.16)}" r="${num(unit * 0.12)}" fill="none" stroke="${warm}" stroke-width="${num(unit * 0.022)}"/><circle cx="${num(at(0.93))}" cy="${num(height * 0.56)}" r="${num(unit * 0.09)}" fill="none" stroke="${cool}" stroke-width="${num(unit * 0.016)}"/>`;
  const bars = [0, 1, 2, 3]
    .map(
      (index) =>
        `<g transform="translate(${num(at(0.02) + (flip ? -1 : 1) * unit * 0.06 * index)} ${num(height * 0.3 + index * unit * 0.03)}) rotate(-38)">${rect(0, 0, unit * 0.34, unit * 0.026, [hot, '#ffffff', warm, cool][index] ?? hot, { rx: unit * 0.013, opacity: 0.85 })}</g>`,
    )
    .join('');
  const grid = Array.from({ length: 35 }, (_, index) =>
    circle(
      at(0.72) + (index % 7) * unit * 0.024,
      height * 0.05 + Math.floor(index / 7) * unit * 0.024,
      unit * 0.0045,
      '#ffffff',
      { opacity: 0.75 },
    ),
  ).join('');
  const wedge =
    polygon(
      [
        [at(0), height],
        [at(0), height * 0.62],
        [at(0.55), height],
      ],
      hot,
      { opacity: 0.35 },
    ) +
    polygon(
      [
        [at(1), height * 0.5],
        [at(1), height * 0.9],
        [at(0.6), height * 0.74],
      ],
      cool,
      { opacity: 0.28 },
    );
  const crosses = Array.from({ length: 6 }, () => {
    const x = random.between(0.05, 0.95) * width;
    const y = random.between(0.05, 0.6) * height;
    const arm = unit * 0.014;
    return stroke(
      `M${num(x - arm)} ${num(y)}H${num(x + arm)}M${num(x)} ${num(y - arm)}V${num(y + arm)}`,
      '#ffffff',
      unit * 0.005,
      { opacity: 0.8 },
    );
  }).join('');
  return wedge + disc + ring + bars + grid + crosses;
}
