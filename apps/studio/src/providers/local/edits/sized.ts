import type { Sharp } from 'sharp';
import { opened } from './raster.js';

export interface WantedSize {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** The longest side that is made. */
export const LONGEST_SIDE = 4_096;
const RESIZED_LONGEST = 1_024;

/** Exactly as large as asked, cut where the proportions differ; one side alone keeps them, none gives 1,024. */
export function resized(source: Uint8Array, { width, height }: WantedSize): Sharp {
  if (width === undefined && height === undefined)
    return opened(source).resize(RESIZED_LONGEST, RESIZED_LONGEST, { fit: 'inside' });
  return opened(source).resize({ width, height, fit: 'cover', kernel: 'lanczos3' });
}

/** Cuts to the part that draws the eye; a square without a size. */
export async function cropped(source: Uint8Array, { width, height }: WantedSize): Promise<Sharp> {
  const own = await opened(source).metadata();
  const side = Math.min(own.width, own.height);
  const wanted = { width: width ?? height ?? side, height: height ?? width ?? side };
  // A cut never enlarges: what is asked for beyond the picture is answered in its proportions.
  const scale = Math.min(1, own.width / wanted.width, own.height / wanted.height);
  const [right, down] = [Math.round(wanted.width * scale), Math.round(wanted.height * scale)];
  return opened(source).resize(right, down, { fit: 'cover', position: 'attention' });
}

/** Twice as large, or as asked, at most 4,096: interpolated and sharpened. */
export async function upscaled(source: Uint8Array, { width, height }: WantedSize): Promise<Sharp> {
  const own = await opened(source).metadata();
  const longest = Math.max(own.width, own.height);
  const wanted = Math.max(1, (width ?? 0) / own.width, (height ?? 0) / own.height);
  const factor = width === undefined && height === undefined ? 2 : wanted;
  const scale = Math.max(1, Math.min(factor, LONGEST_SIDE / longest));
  return opened(source)
    .resize(Math.round(own.width * scale), Math.round(own.height * scale), {
      kernel: 'lanczos3',
      fit: 'fill',
    })
    .sharpen({ sigma: 0.6 + scale * 0.3, m1: 0.4, m2: 1.6 });
}
