import { Resvg } from '@resvg/resvg-js';
import type { Sharp } from 'sharp';
import sharp from 'sharp';
import { type Corner, type Plate, plateFor } from './plate.js';

export type LabelledFormat = 'png' | 'jpeg' | 'webp';

/** Plain data, so that it can cross to an engine’s process. */
export interface LabelJob {
  readonly bytes: Uint8Array;
  readonly format: LabelledFormat;
  readonly corner: Corner;
}

export interface Labelled {
  readonly bytes: Uint8Array;
  /** False: the picture is so small that the plate on it cannot be read. */
  readonly legible: boolean;
}

const MOST_PIXELS = 50_000_000;
const QUALITY = 93;

/** The plate as PNG, to be laid over a film. */
export function platePng({ svg }: Plate): Uint8Array {
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
}

function encoded(image: Sharp, format: LabelledFormat): Sharp {
  if (format === 'jpeg') return image.jpeg({ quality: QUALITY, chromaSubsampling: '4:4:4' });
  if (format === 'webp') return image.webp({ quality: QUALITY, alphaQuality: 100, effort: 3 });
  return image.png({ compressionLevel: 5 });
}

/** Draws the plate into a picture, which keeps size, format and transparency. CPU-bound: about 0.1 s a megapixel. */
export async function labelPicture({ bytes, format, corner }: LabelJob): Promise<Labelled> {
  const upright = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'truncated' }).autoOrient();
  const { autoOrient: size, hasAlpha } = await upright.metadata();
  const plate = plateFor(size, corner);
  const over = [{ input: Buffer.from(platePng(plate)), left: plate.left, top: plate.top }];
  const laid = upright.composite(over);
  return {
    bytes: await encoded(hasAlpha ? laid : laid.removeAlpha(), format).toBuffer(),
    legible: plate.legible,
  };
}
