import { Injectable } from '@nestjs/common';
import { imageCredits } from '@eventzr/wallet-client';
import { imageCostBoundMicroUsd } from '../providers/image-costs.js';
import { JUDGED_BY_PROMPT } from '../moderation/judged-by.js';
import type { GeneratedImage, ImageRequest } from '../providers/image-provider.js';
import { ImageProviders } from '../providers/image-providers.js';
import type { RenderJob } from '../render-jobs/render-job.js';
import type { PieceMeasure, RenderedPiece, RenderTask } from '../render-jobs/renderer.js';
import { ProviderRenderer } from '../render-jobs/provider-renderer.js';
import { StudioErrors } from '../studio.errors.js';
import type { ImageInput } from './image-input.js';
import { IMAGE_OPERATION, pieceSeed } from './image-input.js';
import { picturePiece } from './picture-piece.js';

/** Makes the pictures of an image job, one piece per variant. */
@Injectable()
export class ImageRenderer extends ProviderRenderer<ImageInput, ImageRequest, GeneratedImage> {
  readonly type = 'image';
  readonly operation = IMAGE_OPERATION;
  readonly providerError = StudioErrors.IMAGE_PROVIDER_ERROR;
  readonly timeoutError = StudioErrors.IMAGE_GENERATION_TIMEOUT;
  readonly refusalError = StudioErrors.IMAGE_REFUSED;
  override readonly deliversPart = true;

  constructor(private readonly providers: ImageProviders) {
    super();
  }

  override pieces(input: ImageInput): number {
    return input.variants;
  }

  maxCostMicroUsd({ quality, variants }: ImageInput, provider: string): number {
    return imageCostBoundMicroUsd({ provider, quality }) * variants;
  }

  protected sold(provider: string) {
    return this.providers.sold(provider);
  }

  protected requestOf(task: RenderTask<ImageInput>): ImageRequest {
    return requestOf(task);
  }

  protected pieceOf({ input }: RenderTask<ImageInput>, made: GeneratedImage): Promise<RenderedPiece> {
    // Our own drawings show what their words say, and the words were judged.
    const judged = made.provider === 'local' ? { judgedBy: JUDGED_BY_PROMPT } : {};
    return picturePiece(made, input, { subjects: made.subjects }, judged);
  }

  override fallback({ provider, input, creditsReserved }: RenderJob): string | undefined {
    const wish = input as ImageInput;
    const configured = this.providers.list().filter((each) => each.configured || each.name === provider);
    const later = configured.slice(configured.findIndex(({ name }) => name === provider) + 1);
    const bound = this.maxCostMicroUsd(wish, provider);
    return later
      .map(({ name }) => name)
      .find(
        (name) =>
          imageCredits({ ...wish, provider: name }) <= creditsReserved &&
          this.maxCostMicroUsd(wish, name) <= bound,
      );
  }

  /** Variants cost the same each, and refused ones nothing. */
  override creditsUsed(job: RenderJob, made: readonly PieceMeasure[]): number {
    const wish = job.input as ImageInput;
    // A stand-in may be cheaper than the provider for which the credits were held.
    const price = Math.min(job.creditsReserved, imageCredits({ ...wish, provider: job.provider }));
    return (price / wish.variants) * made.length;
  }
}

/** Variants differ by their seed, so that each can be made again alone. */
function requestOf({ input, seed, piece, idempotencyKey }: RenderTask<ImageInput>): ImageRequest {
  const { variants: _counted, label: _ours, ...wish } = input;
  return { ...wish, seed: pieceSeed(seed, piece), variantIndex: piece, idempotencyKey };
}
