import sharp, { type Sharp } from 'sharp';
import type { ImageFormat } from '../image-provider.js';
import { ProviderFault } from '../provider-fault.js';

const LARGEST_INPUT_PIXELS = 40_000_000;

/** What a vendor's picture is made into. Sizes are pixels; `lossyQuality` 1-100. */
export interface ImageFit {
  readonly width: number;
  readonly height: number;
  readonly format: ImageFormat;
  readonly lossyQuality: number;
}

export function encoded(image: Sharp, { format, lossyQuality: quality }: ImageFit): Sharp {
  if (format === 'jpeg') return image.flatten({ background: '#ffffff' }).jpeg({ quality });
  return format === 'webp' ? image.webp({ quality }) : image.png();
}

/**
 * Cut to the proportions asked for, around the part that catches the eye, and scaled to the exact size.
 * @throws ProviderFault `unknown_outcome` when it is no picture: it was billed all the same
 */
export async function fittedImage(provider: string, bytes: Buffer, fit: ImageFit): Promise<Buffer> {
  const { width, height } = fit;
  const image = sharp(bytes, { limitInputPixels: LARGEST_INPUT_PIXELS }).resize(width, height, {
    fit: 'cover',
    position: 'attention',
  });
  return encoded(image, fit)
    .toBuffer()
    .catch((cause: unknown) => {
      const message = 'the answer is not a readable picture';
      throw new ProviderFault({ provider, kind: 'unknown_outcome', message, cause, status: 200 });
    });
}

/** Size of a picture in pixels. @throws ProviderFault `unknown_outcome` */
export async function imageSize(provider: string, bytes: Buffer): Promise<{ width: number; height: number }> {
  const { width, height } = await sharp(bytes, { limitInputPixels: LARGEST_INPUT_PIXELS })
    .metadata()
    .catch((cause: unknown) => {
      const message = 'the answer is not a readable picture';
      throw new ProviderFault({ provider, kind: 'unknown_outcome', message, cause, status: 200 });
    });
  return { width, height };
}

/** As PNG, of at most that many pixels, for vendors that bound what they take. */
export async function boundedPng(picture: Buffer, mostPixels: number): Promise<Buffer> {
  const { width, height } = await sharp(picture).metadata();
  const scale = Math.min(1, Math.sqrt(mostPixels / (width * height)));
  return sharp(picture)
    .resize(Math.max(1, Math.floor(width * scale)), Math.max(1, Math.floor(height * scale)), { fit: 'fill' })
    .png()
    .toBuffer();
}
