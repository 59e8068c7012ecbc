import { Injectable } from '@nestjs/common';
import { imageCostBoundMicroUsd } from '../providers/image-costs.js';
import type { ImageProvider } from '../providers/image-provider.js';
import { ImageProviders, ProviderNotConfigured } from '../providers/image-providers.js';
import { ProviderFault } from '../providers/provider-fault.js';
import type { RenderedFile, RenderTask } from '../render-jobs/renderer.js';
import { Renderer } from '../render-jobs/renderer.js';
import { StudioErrors } from '../studio.errors.js';
import type { ImageInput } from './image-input.js';

/** Makes the pictures of an image job, one piece per variant. */
@Injectable()
export class ImageRenderer extends Renderer<ImageInput> {
  readonly type = 'image';
  readonly providerError = StudioErrors.IMAGE_PROVIDER_ERROR;
  readonly timeoutError = StudioErrors.IMAGE_GENERATION_TIMEOUT;
  readonly refusalError = StudioErrors.IMAGE_REFUSED;

  constructor(private readonly providers: ImageProviders) {
    super();
  }

  pieces(input: ImageInput): number {
    return input.variants;
  }

  maxCostMicroUsd({ quality, variants }: ImageInput, provider: string): number {
    return imageCostBoundMicroUsd({ provider, quality }) * variants;
  }

  /** The local composer costs nothing to run again; a vendor bills every submit. */
  safeToResubmit(provider: string): boolean {
    return provider === 'local';
  }

  async render(
    { input, provider, seed, piece, idempotencyKey }: RenderTask<ImageInput>,
    signal: AbortSignal,
  ): Promise<RenderedFile> {
    const { variants: _counted, ...wish } = input;
    const adapter = this.adapterOf(provider);
    // Variants differ by their seed, so that each can be made again alone.
    const pieceSeed = (seed + piece * 7919) % 2 ** 32;
    const image = await adapter.generate(
      { ...wish, seed: pieceSeed, variantIndex: piece, idempotencyKey },
      signal,
    );
    return {
      bytes: image.bytes,
      mimeType: image.mimeType,
      extension: input.format === 'jpeg' ? 'jpg' : input.format,
      width: image.width,
      height: image.height,
      provider: image.provider,
      model: image.model,
      seed: image.seed,
      provenance: { generator: image.model, limits: image.limits, subjects: image.subjects },
    };
  }

  /** A provider that lost its key since the job was sold was asked nothing. */
  private adapterOf(provider: string): ImageProvider {
    try {
      return this.providers.byName(provider);
    } catch (error) {
      if (!(error instanceof ProviderNotConfigured)) throw error;
      throw new ProviderFault({ provider, kind: 'auth', message: error.message, cause: error });
    }
  }
}
