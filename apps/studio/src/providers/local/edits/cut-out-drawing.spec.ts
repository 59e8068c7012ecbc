import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { renderImage } from '../images/render-image.js';
import { cutOutDrawing } from './cut-out-drawing.js';

const wedding = {
  prompt: 'A beach wedding at sunset with a flower arch',
  width: 384,
  height: 384,
  seed: 7,
  variantIndex: 0,
};
const picture = async (drawing = wedding, format: 'png' | 'jpeg' = 'png') =>
  (await renderImage({ ...drawing, quality: 'standard', format })).bytes;

describe('a picture of our own, cut out', () => {
  it.each(['png', 'jpeg'] as const)('%s: keeps a white dress before white foam whole', async (format) => {
    const cut = await cutOutDrawing(await picture(wedding, format), wedding);
    const alpha = await (cut?.image ?? sharp()).extractChannel('alpha').raw().toBuffer();
    // Down the middle of the bride, from her face to her hem; then the sky, the sand, and the sun in the arch.
    const at = (x: number, y: number) => alpha[y * wedding.width + x];
    for (let y = 205; y <= 325; y += 8) expect([y, at(160, y)]).toEqual([y, 255]);
    expect([at(30, 30), at(30, 350), at(183, 144)]).toEqual([0, 0, 0]);
    expect(cut?.limits.join()).toMatch(/as they were drawn/);
  });

  it.each([
    ['another picture', { ...wedding, seed: 8 }],
    ['one drawn in another hand', { ...wedding, stylePreset: 'watercolour' }],
    ['one without subjects', { ...wedding, prompt: 'serendipity' }],
  ])('is left to colours and edges when it is %s', async (_what, drawing) => {
    expect(await cutOutDrawing(await picture(), drawing)).toBeUndefined();
  });
});
