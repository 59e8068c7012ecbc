import { fileTypeFromBuffer } from 'file-type';
import sharp, { type Metadata } from 'sharp';
import type { Asset } from '../assets/assets.repository.js';
import type { CheckedMedia } from './checked-media.js';
import { MOST_PIXELS } from './examine-image.js';

/** What engines and vendors are handed in any case, and what sharp calls it. */
const FORMATS: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpeg' };

/**
 * A file of ours that can be worked on as it lies there: a plain, upright sRGB picture of the type and size that its asset
 * states. Only its header is read. Undefined: it must be made into a copy like any other.
 */
export async function plainOwnImage(bytes: Buffer, asset: Asset): Promise<CheckedMedia | undefined> {
  const { mimeType } = asset;
  const format = FORMATS[mimeType];
  if (format === undefined || (await fileTypeFromBuffer(bytes))?.mime !== mimeType) return undefined;
  const header = await sharp(bytes, { limitInputPixels: MOST_PIXELS })
    .metadata()
    .catch(() => undefined);
  if (header === undefined || header.format !== format || !isPlain(header)) return undefined;
  const { width, height } = header;
  if (width !== asset.width || height !== asset.height || width * height > MOST_PIXELS) return undefined;
  return { bytes, mimeType, width, height };
}

function isPlain({ orientation = 1, space, icc, pages = 1, depth }: Metadata): boolean {
  return orientation === 1 && space === 'srgb' && icc === undefined && pages === 1 && depth === 'uchar';
}
