import { Injectable } from '@nestjs/common';
import { avatarCredits } from '@eventzr/wallet-client';
import { longestSeconds } from '../audio/speech-length.js';
import { MediaInputs } from '../inputs/media-inputs.js';
import type { AvatarRequest } from '../providers/avatar-provider.js';
import { AvatarProviders } from '../providers/avatar-providers.js';
import { avatarCostBoundMicroUsd } from '../providers/film-costs.js';
import type { MadeVideo } from '../providers/video-provider.js';
import type { RenderJob } from '../render-jobs/render-job.js';
import type { PieceMeasure, RenderedPiece, RenderTask } from '../render-jobs/renderer.js';
import { ProviderRenderer } from '../render-jobs/provider-renderer.js';
import { StudioErrors } from '../studio.errors.js';
import { filmPiece } from '../videos/film-piece.js';
import type { AvatarInput } from './avatar-input.js';
import { AVATAR_OPERATION } from './avatar-input.js';

/** Makes the film of a talking-head job. */
@Injectable()
export class AvatarRenderer extends ProviderRenderer<AvatarInput, AvatarRequest, MadeVideo> {
  readonly type = 'talking-head';
  readonly operation = AVATAR_OPERATION;
  readonly providerError = StudioErrors.AVATAR_PROVIDER_ERROR;
  readonly timeoutError = StudioErrors.AVATAR_GENERATION_TIMEOUT;
  readonly refusalError = StudioErrors.AVATAR_REFUSED;

  constructor(
    private readonly providers: AvatarProviders,
    private readonly inputs: MediaInputs,
  ) {
    super();
  }

  maxCostMicroUsd({ script = '', audio }: AvatarInput, provider: string): number {
    const seconds = audio?.durationMs === undefined ? longestSeconds(script, 1) : audio.durationMs / 1_000;
    return avatarCostBoundMicroUsd(provider, seconds);
  }

  protected sold(provider: string) {
    return this.providers.sold(provider);
  }

  protected pieceOf({ input }: RenderTask<AvatarInput>, film: MadeVideo): Promise<RenderedPiece> {
    return filmPiece(film, input);
  }

  /** By the minutes that the film began, never more than was held. */
  override creditsUsed({ creditsReserved, input }: RenderJob, made: readonly PieceMeasure[]): number {
    const durationMs = made[0]?.files[0]?.durationMs;
    if (durationMs === undefined) return creditsReserved;
    const { resolution } = input as AvatarInput;
    return Math.min(creditsReserved, avatarCredits({ durationSeconds: durationMs / 1_000, resolution }));
  }

  protected async requestOf(task: RenderTask<AvatarInput>): Promise<AvatarRequest> {
    const { tenantId, seed, idempotencyKey } = task;
    const { audio, background, label: _ours, ...wish } = task.input;
    return {
      ...wish,
      ...(audio === undefined
        ? {}
        : {
            audio: {
              bytes: await this.inputs.read(tenantId, audio.id),
              mimeType: audio.mimeType,
              durationMs: audio.durationMs ?? 0,
            },
          }),
      background:
        typeof background === 'string' ? background : await this.inputs.read(tenantId, background.id),
      seed,
      idempotencyKey,
    };
  }
}
