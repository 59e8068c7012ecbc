import { type MadeMedia, MediaProvider, type MediaRequest } from './media-provider.js';

export { ProviderFault, type ProviderFaultDetails, type ProviderFaultKind } from './provider-fault.js';

/** How much work the provider puts into a picture; priced by the caller. */
export type ImageQuality = 'standard' | 'high' | 'ultra';

/** Encodings every provider must be able to deliver. */
export type ImageFormat = 'png' | 'jpeg' | 'webp';

/** The media type of each {@link ImageFormat}. */
export const IMAGE_MIME_TYPES: Readonly<Record<ImageFormat, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
};

/** One picture to be made. `width` and `height` are pixels; variants of one job differ in `variantIndex` (from 0). */
export interface ImageRequest extends MediaRequest {
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly quality: ImageQuality;
  readonly stylePreset?: string;
  readonly negativePrompt?: string;
  readonly format: ImageFormat;
  readonly variantIndex: number;
}

/** A finished picture, exactly `width` x `height` pixels. */
export interface GeneratedImage extends MadeMedia {
  readonly width: number;
  readonly height: number;
  /** What was drawn, as far as the provider knows; empty when it does not tell. */
  readonly subjects: string[];
}

/** Makes pictures from prompts. Adapters are interchangeable: `image-provider.conformance.ts` says what each must do. */
export abstract class ImageProvider extends MediaProvider<ImageRequest, GeneratedImage> {}
