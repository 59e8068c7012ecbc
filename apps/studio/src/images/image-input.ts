import type { ImageFormat, ImageQuality } from '../providers/image-provider.js';

/** The operation's name in the price table and on the ledger. */
export const IMAGE_OPERATION = 'images.generate';

/** What an image job keeps of its request. */
export type ImageInput = {
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly quality: ImageQuality;
  readonly variants: number;
  readonly format: ImageFormat;
  readonly stylePreset?: string;
  readonly negativePrompt?: string;
  readonly label?: boolean;
};

/** Of one of a job's variants, so that each can be made again alone. */
export const pieceSeed = (seed: number, piece: number): number => (seed + piece * 7919) % 2 ** 32;
