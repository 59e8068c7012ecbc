import sharp, { type Sharp } from 'sharp';

/** Decoded pixels, row by row; three channels, or four with alpha. */
export interface Raster {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

/** What edits accept at most; inputs were checked against the same bound. */
const MOST_PIXELS = 50_000_000;

export function opened(source: Uint8Array): Sharp {
  return sharp(source, { limitInputPixels: MOST_PIXELS }).toColourspace('srgb');
}

export function ofRaster({ data, width, height, channels }: Raster): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: MOST_PIXELS });
}

/** Without alpha, on white, at most `longest` pixels on its longer side. */
export async function flatRaster(image: Sharp, longest: number): Promise<Raster> {
  const { data, info } = await image
    .flatten({ background: '#ffffff' })
    .resize(longest, longest, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels === 3) return { data, width: info.width, height: info.height, channels: 3 };
  return { data: spread(data), width: info.width, height: info.height, channels: 3 };
}

/** `share` of `above` over the rest of `below`; both of one size. */
export function blended(below: Raster, above: Raster, share: number): Raster {
  if (share >= 1) return above;
  const data = Buffer.alloc(below.data.length);
  for (let at = 0; at < data.length; at++)
    data[at] = Math.round((below.data[at] ?? 0) * (1 - share) + (above.data[at] ?? 0) * share);
  return { ...below, data };
}

/** Sets each pixel from its colour, 0-255 each. */
export function mapped(
  raster: Raster,
  change: (red: number, green: number, blue: number, at: number) => readonly [number, number, number],
): Raster {
  const data = Buffer.alloc(raster.data.length);
  for (let at = 0; at < data.length; at += 3) {
    const from = raster.data;
    const colour = change(from[at] ?? 0, from[at + 1] ?? 0, from[at + 2] ?? 0, at / 3);
    for (let channel = 0; channel < 3; channel++)
      data[at + channel] = Math.max(0, Math.min(255, Math.round(colour[channel] ?? 0)));
  }
  return { ...raster, data };
}

/** Perceived brightness, 0-255. */
export function luminance(red: number, green: number, blue: number): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function spread(grey: Buffer): Buffer {
  const data = Buffer.alloc(grey.length * 3);
  for (let at = 0; at < grey.length; at++) data.fill(grey[at] ?? 0, at * 3, at * 3 + 3);
  return data;
}
