import { Injectable } from '@nestjs/common';
import { musicCredits } from '@eventzr/wallet-client';
import type { CancelOutcome } from '../providers/media-provider.js';
import { PendingTask } from '../providers/media-provider.js';
import { musicCostBoundMicroUsd } from '../providers/music-costs.js';
import type { MadeMusic, MusicRequest } from '../providers/music-provider.js';
import { MusicProviders } from '../providers/music-providers.js';
import type { RenderJob } from '../render-jobs/render-job.js';
import type {
  PieceMeasure,
  RenderedFile,
  RenderedPiece,
  RenderTask,
  RenderWorkTools,
} from '../render-jobs/renderer.js';
import { Renderer } from '../render-jobs/renderer.js';
import { StudioErrors } from '../studio.errors.js';
import type { MusicInput } from './music-input.js';
import { MUSIC_OPERATION } from './music-input.js';

/** Makes the track of a music job. */
@Injectable()
export class MusicRenderer extends Renderer<MusicInput> {
  readonly type = 'music';
  readonly operation = MUSIC_OPERATION;
  readonly providerError = StudioErrors.MUSIC_PROVIDER_ERROR;
  readonly timeoutError = StudioErrors.MUSIC_GENERATION_TIMEOUT;
  readonly refusalError = StudioErrors.MUSIC_REFUSED;

  constructor(private readonly providers: MusicProviders) {
    super();
  }

  pieces(): number {
    return 1;
  }

  maxCostMicroUsd({ durationSeconds }: MusicInput, provider: string): number {
    return musicCostBoundMicroUsd(provider, durationSeconds);
  }

  safeToResubmit(provider: string): boolean {
    return this.providers.sold(provider).resubmit === 'safe';
  }

  async render(task: RenderTask<MusicInput>, tools: RenderWorkTools): Promise<RenderedPiece | PendingTask> {
    const made = await this.providers.sold(task.provider).generate(requestOf(task), tools);
    return made instanceof PendingTask ? made : pieceOf(task.input, made);
  }

  override async resume(
    taskId: string,
    task: RenderTask<MusicInput>,
    tools: RenderWorkTools,
  ): Promise<RenderedPiece | PendingTask> {
    const made = await this.providers.sold(task.provider).poll(taskId, requestOf(task), tools);
    return made instanceof PendingTask ? made : pieceOf(task.input, made);
  }

  override recalls(provider: string): boolean {
    return this.providers.sold(provider).recalls();
  }

  override recall(
    { provider, idempotencyKey }: RenderTask<MusicInput>,
    tools: RenderWorkTools,
  ): Promise<PendingTask | undefined> {
    return this.providers.sold(provider).recall(idempotencyKey, tools);
  }

  override stop(
    taskId: string,
    { provider }: RenderTask<MusicInput>,
    tools: RenderWorkTools,
  ): Promise<CancelOutcome> {
    return this.providers.sold(provider).cancel(taskId, tools);
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
