import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { grid } from './patterns.js';

describe('the tiles of a pattern', () => {
  it('are square to the eye, in every area', () => {
    const side = fc.integer({ min: 200, max: 4_000 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 3, max: 8 }), (width, height, columns) => {
        fc.pre(Math.max(width / height, height / width) < 4);
        const { across, down } = grid({ width, height }, columns);
        const ratio = width / across / (height / down);
        expect(Math.max(ratio, 1 / ratio)).toBeLessThan(1.13);
      }),
    );
  });
});
