import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRandom } from '../images/random.js';
import { moveFor, placement, viewAt } from './camera.js';

const SIZE = { width: 640, height: 360 };

describe('the camera', () => {
  it('never shows the edge of a sheet, whatever its depth', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        fc.integer(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0.62, 1, 1.3),
        (shot, seed, t, depth) => {
          const at = placement(viewAt(moveFor(shot, createRandom(seed)), t), depth, SIZE);
          expect(at.x).toBeLessThanOrEqual(0);
          expect(at.y).toBeLessThanOrEqual(0);
          expect(at.x + at.width).toBeGreaterThanOrEqual(SIZE.width);
          expect(at.y + at.height).toBeGreaterThanOrEqual(SIZE.height);
        },
      ),
    );
  });

  it('moves in every shot, and sheets in front more than those behind', () => {
    for (const shot of [0, 1, 2, 3]) {
      const move = moveFor(shot, createRandom(5));
      const travel = (depth: number) => {
        const [from, to] = [0, 1].map((t) => placement(viewAt(move, t), depth, SIZE));
        return Math.abs((to?.x ?? 0) - (from?.x ?? 0)) + Math.abs((to?.width ?? 0) - (from?.width ?? 0));
      };
      expect(travel(0.62)).toBeGreaterThan(2);
      expect(travel(1.3)).toBeGreaterThan(travel(0.62));
    }
  });
});
