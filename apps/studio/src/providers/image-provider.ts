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
export interface ImageRequest {
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly quality: ImageQuality;
  readonly stylePreset?: string;
  /** Unsigned 32-bit integer. Providers without seeds say so in {@link GeneratedImage.limits}. */
  readonly seed: number;
  readonly negativePrompt?: string;
  readonly format: ImageFormat;
  readonly variantIndex: number;
  /** Stable over retries of the same picture, so that a vendor that supports it makes and bills it once. */
  readonly idempotencyKey: string;
}

/** A finished picture, exactly `width` x `height` pixels. */
export interface GeneratedImage {
  readonly bytes: Buffer;
  readonly mimeType: string;
  readonly width: number;
  readonly height: number;
  readonly provider: string;
  readonly model: string;
  readonly seed: number;
  /** What the picture is not, in plain words for the caller: substitutions, things left out. */
  readonly limits: string[];
  /** What was drawn, as far as the provider knows; empty when it does not tell. */
  readonly subjects: string[];
}

/** Makes pictures from prompts. Adapters are interchangeable: `image-provider.conformance.ts` says what each must do. */
export abstract class ImageProvider {
  /** The provider's public name, e.g. `openai` or `local`. */
  abstract readonly name: string;

  /** True when the provider has all it needs (keys, binaries) to be called. */
  abstract configured(): boolean;

  /** The model names under which callers may ask for this provider. */
  abstract models(): readonly string[];

  /**
   * @param signal aborts the work; the promise then rejects with the signal's reason
   * @throws ProviderFault when the picture could not be made; its `kind` tells whether a retry can help
   */
  abstract generate(request: ImageRequest, signal: AbortSignal): Promise<GeneratedImage>;
}
