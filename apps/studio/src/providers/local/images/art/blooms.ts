import { type Hex, lighten } from '../colour.js';
import type { Random } from '../random.js';
import { circle, ellipse } from '../svg.js';

/** Colours of bouquets. */
export const FLOWERS = [
  '#f56b8d',
  '#ffd1dc',
  '#fff6f2',
  '#e84a76',
  '#ffb4a2',
  '#f9c846',
] as const satisfies readonly [Hex, ...Hex[]];

/** One flower seen from the front. */
export const bloom = (x: number, y: number, radius: number, colour: Hex): string =>
  [0, 1, 2, 3, 4]
    .map((petal) =>
      circle(
        x + Math.cos(petal * 1.257) * radius * 0.62,
        y + Math.sin(petal * 1.257) * radius * 0.62,
        radius * 0.55,
        colour,
      ),
    )
    .join('') + circle(x, y, radius * 0.36, lighten(colour, 0.55));

/** Leaves and flowers on a line of points; `size` is a flower's radius. */
export function flowersAlong(
  points: ReadonlyArray<readonly [number, number]>,
  size: number,
  random: Random,
  colour: Hex | undefined,
): string {
  const leaves = points
    .map(([x, y]) =>
      ellipse(
        x + random.between(-3, 3),
        y + random.between(-3, 3),
        size * 1.3,
        size * 0.9,
        random.pick(['#4d9a54', '#6fb36b', '#3c7f49']),
      ),
    )
    .join('');
  const blooms = points
    .map(([x, y]) =>
      bloom(
        x + random.between(-2, 2),
        y + random.between(-2, 2),
        size * random.between(0.75, 1.15),
        colour === undefined || random.chance(0.35) ? random.pick(FLOWERS) : colour,
      ),
    )
    .join('');
  return leaves + blooms;
}
