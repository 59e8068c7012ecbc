import type { InputFile } from '../inputs/input-file.js';
import type { Drawing, Transformation } from '../providers/image-edit-provider.js';
import type { ImageFormat } from '../providers/image-provider.js';

/** The operations' names in the price table and on the ledger. */
export const TRANSFORM_OPERATION = 'images.transform';
export const BACKGROUND_OPERATION = 'images.remove-background';
export const VARIATION_OPERATION = 'images.variations';

type EditInput = {
  readonly source: InputFile;
  readonly format: ImageFormat;
  readonly label?: boolean;
};

/** What the jobs keep of their requests. */
export type TransformInput = EditInput & {
  readonly transformation: Transformation;
  readonly strength: number;
  readonly style?: string;
  readonly reference?: InputFile;
  readonly width?: number;
  readonly height?: number;
};
export type BackgroundInput = EditInput & { readonly drawing?: Drawing };
export type VariationInput = EditInput & {
  readonly strength: number;
  readonly variants: number;
  readonly prompt?: string;
};
