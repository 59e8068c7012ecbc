import type { GeneratedImage, ImageFormat } from './image-provider.js';
import { MediaProvider, type MediaRequest } from './media-provider.js';

export const TRANSFORMATIONS = [
  'style-transfer',
  'filter',
  'enhance',
  'colorize',
  'resize',
  'crop',
  'upscale',
] as const;
export type Transformation = (typeof TRANSFORMATIONS)[number];

/** What a picture of the local composer was drawn from; lengths in pixels. */
export type Drawing = {
  readonly prompt: string;
  readonly negativePrompt?: string;
  readonly stylePreset?: string;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly variantIndex: number;
};

/** What is done to the picture. `strength` is 0-1. */
export type ImageEdit =
  | {
      readonly kind: 'transform';
      readonly transformation: Transformation;
      /** What the result should look like: a style's name, or a picture for `style-transfer`. */
      readonly style?: string;
      readonly styleReference?: Buffer;
      readonly strength: number;
      /** Pixels, for `resize` and `crop`; `upscale` doubles without them. */
      readonly width?: number;
      readonly height?: number;
    }
  | {
      readonly kind: 'remove-background';
      /** What the picture was drawn from, where studio's own composer drew it: `local` has its subjects as a sheet. */
      readonly drawing?: Drawing;
    }
  | {
      readonly kind: 'variation';
      readonly prompt?: string;
      readonly strength: number;
      readonly variantIndex: number;
    };

export type ImageEditKind = ImageEdit['kind'];

/** One picture to be made from another. `source` is a checked, upright picture of at most 50 megapixels. */
export interface ImageEditRequest extends MediaRequest {
  readonly source: Buffer;
  readonly edit: ImageEdit;
  readonly format: ImageFormat;
}

/** Changes pictures. Not every vendor does everything: `edits` says what. */
export abstract class ImageEditProvider extends MediaProvider<ImageEditRequest, GeneratedImage> {
  abstract edits(): readonly ImageEditKind[];

  /** Whether it does just this: of the transformations a vendor may do some and leave the others to `local`. */
  does(edit: ImageEdit): boolean {
    return this.edits().includes(edit.kind);
  }
}
