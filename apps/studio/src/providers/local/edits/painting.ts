import sharp from 'sharp';
import type { Random } from '../images/random.js';
import { boxed, type Plane } from './guided-filter.js';
import { flatRaster, luminance, ofRaster, type Raster } from './raster.js';

const LONGEST = 4_096;

/** Planes of a picture: its three channels and its light, 0-255. */
function planesOf({ data, width, height }: Raster): readonly [Plane, Plane, Plane, Plane] {
  const count = width * height;
  const plane = (value: (at: number) => number): Plane => ({
    data: Float32Array.from({ length: count }, (_, at) => value(at)),
    width,
    height,
  });
  const channel = (which: number): Plane => plane((at) => data[at * 3 + which] ?? 0);
  const light = plane((at) => luminance(data[at * 3] ?? 0, data[at * 3 + 1] ?? 0, data[at * 3 + 2] ?? 0));
  return [channel(0), channel(1), channel(2), light];
}

/**
 * Dabs of one colour that end at the edges of things (Kuwahara et al., 1976): of the four windows around a pixel the
 * calmest gives its mean. @param reach half the width of a window, in pixels
 */
export function dabbed(picture: Raster, reach: number): Raster {
  const { width, height } = picture;
  const [red, green, blue, light] = planesOf(picture);
  const means = [red, green, blue].map((plane) => boxed(plane, reach).data);
  const mean = boxed(light, reach).data;
  const square = boxed({ ...light, data: light.data.map((value) => value * value) }, reach).data;
  const inside = (value: number, most: number): number => Math.min(most - 1, Math.max(0, value));
  const data = Buffer.alloc(picture.data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let [calmest, best] = [Infinity, 0];
      for (const dy of [-reach, reach])
        for (const dx of [-reach, reach]) {
          const at = inside(y + dy, height) * width + inside(x + dx, width);
          const variance = (square[at] ?? 0) - (mean[at] ?? 0) ** 2;
          if (variance < calmest) [calmest, best] = [variance, at];
        }
      for (let channel = 0; channel < 3; channel++)
        data[(y * width + x) * 3 + channel] = means[channel]?.[best] ?? 0;
    }
  return { ...picture, data };
}

/** Where colours change, 0-1: the light against its blurred self, so that borders come out as soft lines. */
export async function borders(picture: Raster, blur: number): Promise<Float32Array> {
  const { data } = await flatRaster(ofRaster(picture).blur(blur), LONGEST);
  return Float32Array.from({ length: data.length / 3 }, (_, pixel) => {
    const at = pixel * 3;
    const step = [0, 1, 2].reduce(
      (sum, channel) => sum + Math.abs((picture.data[at + channel] ?? 0) - (data[at + channel] ?? 0)),
      0,
    );
    return Math.min(1, step / 110);
  });
}

/** Smooth noise, -1 to 1, whose waves are about `wave` pixels long. */
export async function waves(
  { width, height }: { readonly width: number; readonly height: number },
  wave: number,
  random: Random,
): Promise<Float32Array> {
  const [across, down] = [Math.ceil(width / wave) + 2, Math.ceil(height / wave) + 2];
  const grid = Buffer.from(Uint8Array.from({ length: across * down }, () => random.whole(0, 255)));
  const smooth = await sharp(grid, { raw: { width: across, height: down, channels: 1 } })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .toColourspace('b-w')
    .extractChannel(0)
    .raw()
    .toBuffer();
  return Float32Array.from(smooth, (value) => value / 127.5 - 1);
}

/** The picture as seen through uneven glass: each pixel is taken from up to `reach` pixels aside. */
export function wobbled(picture: Raster, across: Float32Array, down: Float32Array, reach: number): Raster {
  const { width, height } = picture;
  const data = Buffer.alloc(picture.data.length);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const sx = Math.min(width - 1, Math.max(0, Math.round(x + (across[at] ?? 0) * reach)));
    const sy = Math.min(height - 1, Math.max(0, Math.round(y + (down[at] ?? 0) * reach)));
    picture.data.copy(data, at * 3, (sy * width + sx) * 3, (sy * width + sx) * 3 + 3);
  }
  return { ...picture, data };
}
