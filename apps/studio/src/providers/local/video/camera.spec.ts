import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRandom } from '../images/random.js';
import { moveFor, placement, safeDuring, viewAt } from './camera.js';

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

  it('keeps what stands in its safe area where it is wanted in the frame', () => {
    const wanted = { left: 0.02, top: 0.1, right: 0.98, bottom: 0.8 };
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        fc.integer(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (shot, seed, t) => {
          const move = moveFor(shot, createRandom(seed));
          const { left, right, top, bottom } = safeDuring(move, wanted);
          expect(bottom - top).toBeGreaterThan(0.4);
          const at = placement(viewAt(move, t), 1, { width: 1, height: 1 });
          expect(at.x + left * at.width).toBeGreaterThanOrEqual(wanted.left - 0.004);
          expect(at.x + right * at.width).toBeLessThanOrEqual(wanted.right + 0.004);
          expect(at.y + top * at.height).toBeGreaterThanOrEqual(wanted.top - 0.004);
          expect(at.y + bottom * at.height).toBeLessThanOrEqual(wanted.bottom + 0.004);
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
