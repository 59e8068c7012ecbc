import { Injectable } from '@nestjs/common';
import { videoCredits } from '@eventzr/wallet-client';
import { MediaInputs } from '../inputs/media-inputs.js';
import { videoCostBoundMicroUsd } from '../providers/film-costs.js';
import type { MadeVideo, VideoRequest } from '../providers/video-provider.js';
import { VideoProviders } from '../providers/video-providers.js';
import type { RenderJob } from '../render-jobs/render-job.js';
import type { PieceMeasure, RenderedPiece, RenderTask } from '../render-jobs/renderer.js';
import { ProviderRenderer } from '../render-jobs/provider-renderer.js';
import { StudioErrors } from '../studio.errors.js';
import { filmPiece } from './film-piece.js';
import type { VideoInput } from './video-input.js';
import { VIDEO_OPERATION } from './video-input.js';

/** Makes the film of a video job. */
@Injectable()
export class VideoRenderer extends ProviderRenderer<VideoInput, VideoRequest, MadeVideo> {
  readonly type = 'video';
  readonly operation = VIDEO_OPERATION;
  readonly providerError = StudioErrors.VIDEO_PROVIDER_ERROR;
  readonly timeoutError = StudioErrors.VIDEO_GENERATION_TIMEOUT;
  readonly refusalError = StudioErrors.VIDEO_REFUSED;

  constructor(
    private readonly providers: VideoProviders,
    private readonly inputs: MediaInputs,
  ) {
    super();
  }

  maxCostMicroUsd({ durationSeconds }: VideoInput, provider: string): number {
    return videoCostBoundMicroUsd(provider, durationSeconds);
  }

  protected sold(provider: string) {
    return this.providers.sold(provider);
  }

  protected pieceOf({ input }: RenderTask<VideoInput>, film: MadeVideo): Promise<RenderedPiece> {
    return filmPiece(film, input);
  }

  /** A vendor may make a shorter film than it was asked for; a longer one costs no more. */
  override creditsUsed({ creditsReserved, input }: RenderJob, made: readonly PieceMeasure[]): number {
    const durationMs = made[0]?.files[0]?.durationMs;
    if (durationMs === undefined) return creditsReserved;
    const { quality } = input as VideoInput;
    return Math.min(creditsReserved, videoCredits({ durationSeconds: durationMs / 1_000, quality }));
  }

  protected async requestOf(task: RenderTask<VideoInput>): Promise<VideoRequest> {
    const { tenantId, seed, idempotencyKey } = task;
    const { label: _ours, ...input } = task.input;
    const images: Buffer[] = [];
    for (const { id } of input.images) images.push(await this.inputs.read(tenantId, id));
    return { ...input, images, seed, idempotencyKey };
  }
}
