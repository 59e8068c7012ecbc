import { Injectable } from '@nestjs/common';
import { musicCredits } from '@eventzr/wallet-client';
import { musicCostBoundMicroUsd } from '../providers/music-costs.js';
import type { MadeMusic, MusicRequest } from '../providers/music-provider.js';
import { MusicProviders } from '../providers/music-providers.js';
import type { RenderJob } from '../render-jobs/render-job.js';
import type { PieceMeasure, RenderedFile, RenderedPiece, RenderTask } from '../render-jobs/renderer.js';
import { ProviderRenderer } from '../render-jobs/provider-renderer.js';
import { StudioErrors } from '../studio.errors.js';
import type { MusicInput } from './music-input.js';
import { MUSIC_OPERATION } from './music-input.js';

/** Makes the track of a music job. */
@Injectable()
export class MusicRenderer extends ProviderRenderer<MusicInput, MusicRequest, MadeMusic> {
  readonly type = 'music';
  readonly operation = MUSIC_OPERATION;
  readonly providerError = StudioErrors.MUSIC_PROVIDER_ERROR;
  readonly timeoutError = StudioErrors.MUSIC_GENERATION_TIMEOUT;
  readonly refusalError = StudioErrors.MUSIC_REFUSED;

  constructor(private readonly providers: MusicProviders) {
    super();
  }

  maxCostMicroUsd({ durationSeconds }: MusicInput, provider: string): number {
    return musicCostBoundMicroUsd(provider, durationSeconds);
  }

  protected sold(provider: string) {
    return this.providers.sold(provider);
  }

  protected requestOf(task: RenderTask<MusicInput>): MusicRequest {
    return requestOf(task);
  }

  protected pieceOf({ input }: RenderTask<MusicInput>, made: MadeMusic): RenderedPiece {
    return pieceOf(input, made);
  }

  /** A vendor may make a shorter track than it was asked for; a longer one costs no more. */
  override creditsUsed({ creditsReserved }: RenderJob, made: readonly PieceMeasure[]): number {
    const durationMs = made[0]?.files[0]?.durationMs;
    if (durationMs === undefined) return creditsReserved;
    return Math.min(creditsReserved, musicCredits({ durationSeconds: durationMs / 1_000 }));
  }
}

function requestOf({ input, seed, idempotencyKey }: RenderTask<MusicInput>): MusicRequest {
  return { ...input, seed, idempotencyKey };
}

function pieceOf({ format }: MusicInput, music: MadeMusic): RenderedPiece {
  const { bytes, mimeType, durationMs, provider, model, seed, limits, title, midi } = music;
  const by = { provider, model, seed };
  const provenance = { generator: model, limits, ...(title === undefined ? {} : { title }) };
  const track: RenderedFile = { bytes, mimeType, extension: format, durationMs, ...by, provenance };
  if (midi === undefined) return { files: [track] };
  const score = { bytes: midi, mimeType: 'audio/midi', extension: 'mid', role: 'midi', durationMs };
  return { files: [track, { ...score, ...by, provenance }] };
}
