import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { layOut } from './layout.js';
import { type Item, MOST_OVERLAP, overlap } from './layout-rules.js';
import { createRandom } from './random.js';
import { frameOf } from './svg.js';

const sizes = fc.constantFrom(256, 512, 1024, 1792);
const item = fc
  .record({
    layer: fc.constantFrom('air' as const, 'back' as const, 'ground' as const, 'front' as const),
    weight: fc.constantFrom(0.5, 0.72, 1.05, 1.35, 1.7),
    width: fc.constantFrom(32, 60, 134, 232),
  })
  .map(({ layer, weight, width }): Item => ({
    subject: { label: 'thing', art: 'icon:fox', count: 1, layer, weight, asked: true },
    drawing: { body: '', width, height: width > 100 ? 60 : width },
  }));

describe('layOut', () => {
  it('keeps every thing whole, inside the picture and legible', () => {
    fc.assert(
      fc.property(
        sizes,
        sizes,
        fc.array(item, { minLength: 1, maxLength: 22 }),
        fc.nat(),
        fc.double({ min: 0.4, max: 0.75, noNaN: true }),
        (width, height, items, seed, line) => {
          const frame = frameOf(width, height);
          const ground = {
            x: width * 0.04,
            y: height * (line + 0.1),
            width: width * 0.92,
            height: height * (0.86 - line),
          };
          const air = [
            { x: width * 0.05, y: height * 0.05, width: width * 0.9, height: height * (line - 0.1) },
          ];
          const placed = layOut(items, { frame, ground, air, ceiling: height * 0.05 }, createRandom(seed));
          expect(placed).toHaveLength(items.length);
          for (const { box } of placed) {
            expect(box.x).toBeGreaterThanOrEqual(0);
            expect(box.y).toBeGreaterThanOrEqual(0);
            expect(box.x + box.width).toBeLessThanOrEqual(width + 0.01);
            expect(box.y + box.height).toBeLessThanOrEqual(height + 0.01);
            expect(box.height).toBeGreaterThan(0);
          }
          for (const [index, one] of placed.entries())
            for (const other of placed.slice(index + 1))
              expect(overlap(one.box, other.box)).toBeLessThanOrEqual(MOST_OVERLAP + 0.02);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('arranges by seed', () => {
    const items = Array.from({ length: 4 }, (_, index): Item => ({
      subject: {
        label: `thing ${index}`,
        art: 'icon:fox',
        count: 1,
        layer: 'ground',
        weight: 1,
        asked: true,
      },
      drawing: { body: '', width: 32, height: 32 },
    }));
    const room = {
      frame: frameOf(1024, 1024),
      ground: { x: 40, y: 700, width: 940, height: 280 },
      air: [],
      ceiling: 50,
    };
    const order = (seed: number): string =>
      layOut(items, room, createRandom(seed))
        .map(({ subject }) => subject.label)
        .join();
    expect(order(1)).toBe(order(1));
    expect(new Set([1, 2, 3, 4, 5, 6].map(order)).size).toBeGreaterThan(1);
  });
});
