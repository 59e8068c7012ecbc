import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { labelPicture } from './label-picture.js';
import { plateFor } from './plate.js';

const flat = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 4, background } });

describe('the visible label', () => {
  it('stays inside of any picture, and is legible from 256 pixels on', () => {
    const side = fc.integer({ min: 16, max: 4_096 });
    fc.assert(
      fc.property(side, side, fc.constantFrom('bottom-right', 'top-right'), (width, height, corner) => {
        const plate = plateFor({ width, height }, corner);
        expect(plate.left).toBeGreaterThanOrEqual(0);
        expect(plate.top).toBeGreaterThanOrEqual(0);
        expect(plate.left + plate.width).toBeLessThanOrEqual(width);
        expect(plate.top + plate.height).toBeLessThanOrEqual(height);
        if (Math.min(width, height) >= 256) expect(plate.legible).toBe(true);
      }),
    );
  });

  it.each([
    [256, 256],
    [1024, 1024],
    [1792, 1024],
    [1024, 1792],
  ])('takes little of %i x %i and keeps a margin', (width, height) => {
    const plate = plateFor({ width, height }, 'bottom-right');
    expect((plate.width * plate.height) / (width * height)).toBeLessThan(0.04);
    expect(width - plate.left - plate.width).toBeGreaterThanOrEqual(6);
    expect(height - plate.top - plate.height).toBeGreaterThanOrEqual(6);
  });

  it.each(['#ffffff', '#000000', '#7f7f7f', '#ff2d55'])(
    'has white letters on dark, upon %s',
    async (colour) => {
      const bytes = await flat(512, 512, colour).png().toBuffer();
      const plate = plateFor({ width: 512, height: 512 }, 'bottom-right');
      const { bytes: labelled } = await labelPicture({ bytes, format: 'png', corner: 'bottom-right' });
      const inside = { left: plate.left, top: plate.top, width: plate.width, height: plate.height };
      const grey = await sharp(labelled).extract(inside).greyscale().raw().toBuffer();
      const sorted = [...grey].sort((a, b) => a - b);
      const ground = sorted[Math.floor(sorted.length / 2)] ?? 255;
      const letters = sorted[Math.floor(sorted.length * 0.97)] ?? 0;
      expect(contrast(letters, ground)).toBeGreaterThan(7);
    },
  );

  it.each(['png', 'jpeg', 'webp'] as const)(
    'leaves the rest of a %s, its size and its format',
    async (format) => {
      const bytes = await flat(400, 300, '#2a9d8f').removeAlpha().toFormat(format).toBuffer();
      const { bytes: labelled } = await labelPicture({ bytes, format, corner: 'bottom-right' });
      expect(await sharp(labelled).metadata()).toMatchObject({
        width: 400,
        height: 300,
        format,
        hasAlpha: false,
      });
      const upper = { left: 0, top: 0, width: 400, height: 200 };
      const [before, after] = await Promise.all(
        [bytes, labelled].map((each) => sharp(each).extract(upper).removeAlpha().raw().toBuffer()),
      );
      const changed = (before ?? []).filter((value, at) => Math.abs(value - (after?.[at] ?? 0)) > 3);
      expect(changed).toHaveLength(0);
    },
  );

  it('leaves a cut-out transparent around it, and says when nobody could read it', async () => {
    const bytes = await flat(300, 300, 'rgba(0,0,0,0)').png().toBuffer();
    const { bytes: labelled, legible } = await labelPicture({ bytes, format: 'png', corner: 'bottom-right' });
    const alpha = await sharp(labelled).extractChannel(3).raw().toBuffer();
    expect([alpha[0], alpha[299], Math.max(...alpha) > 200, legible]).toEqual([0, 0, true, true]);
    const tiny = await flat(16, 16, '#ffffff').png().toBuffer();
    expect((await labelPicture({ bytes: tiny, format: 'png', corner: 'top-right' })).legible).toBe(false);
  });
});

/** WCAG 2: of two greys, 0-255. */
function contrast(lighter: number, darker: number): number {
  const luminance = (grey: number) => {
    const value = grey / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return (luminance(lighter) + 0.05) / (luminance(darker) + 0.05);
}
