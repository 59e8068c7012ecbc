import { Injectable } from '@nestjs/common';
import { ttsCredits } from '@eventzr/wallet-client';
import { speechCostBoundMicroUsd } from '../providers/audio-costs.js';
import type { CancelOutcome } from '../providers/media-provider.js';
import { PendingTask } from '../providers/media-provider.js';
import type { MadeSpeech, SpeechRequest } from '../providers/speech-provider.js';
import { SpeechProviders } from '../providers/speech-providers.js';
import type { RenderJob } from '../render-jobs/render-job.js';
import type { PieceMeasure, RenderedPiece, RenderTask, RenderWorkTools } from '../render-jobs/renderer.js';
import { Renderer } from '../render-jobs/renderer.js';
import { StudioErrors } from '../studio.errors.js';
import type { SpeechInput } from './audio-input.js';
import { SPEECH_OPERATION } from './audio-input.js';

/** Speaks the text of a speech job. */
@Injectable()
export class SpeechRenderer extends Renderer<SpeechInput> {
  readonly type = 'tts';
  readonly operation = SPEECH_OPERATION;
  readonly providerError = StudioErrors.AUDIO_PROVIDER_ERROR;
  readonly timeoutError = StudioErrors.AUDIO_TIMEOUT;
  readonly refusalError = StudioErrors.AUDIO_REFUSED;

  constructor(private readonly providers: SpeechProviders) {
    super();
  }

  pieces(): number {
    return 1;
  }

  maxCostMicroUsd({ text }: SpeechInput, provider: string): number {
    return speechCostBoundMicroUsd(provider, text.length);
  }

  safeToResubmit(provider: string): boolean {
    return this.providers.sold(provider).resubmit === 'safe';
  }

  async render(task: RenderTask<SpeechInput>, tools: RenderWorkTools): Promise<RenderedPiece | PendingTask> {
    const made = await this.providers.sold(task.provider).generate(requestOf(task), tools);
    return made instanceof PendingTask ? made : pieceOf(task.input, made);
  }

  override async resume(
    taskId: string,
    task: RenderTask<SpeechInput>,
    tools: RenderWorkTools,
  ): Promise<RenderedPiece | PendingTask> {
    const made = await this.providers.sold(task.provider).poll(taskId, requestOf(task), tools);
    return made instanceof PendingTask ? made : pieceOf(task.input, made);
  }

  override stop(
    taskId: string,
    { provider }: RenderTask<SpeechInput>,
    tools: RenderWorkTools,
  ): Promise<CancelOutcome> {
    return this.providers.sold(provider).cancel(taskId, tools);
  }

  /** The started minutes that the sound really has; the hold was taken for the longest that it could have. */
  override creditsUsed({ creditsReserved, input }: RenderJob, made: readonly PieceMeasure[]): number {
    const { voiceKind: voice } = input as SpeechInput;
    const durationMs = made[0]?.files[0]?.durationMs ?? 0;
    return Math.min(creditsReserved, ttsCredits({ durationSeconds: durationMs / 1_000, voice }));
  }
}

function requestOf({ input, seed, idempotencyKey }: RenderTask<SpeechInput>): SpeechRequest {
  const { text, language, voice, format, speed } = input;
  return { text, language, voice, format, speed, seed, idempotencyKey };
}

function pieceOf({ format }: SpeechInput, speech: MadeSpeech): RenderedPiece {
  const { bytes, mimeType, durationMs, provider, model, seed, limits, words } = speech;
  const provenance = { generator: model, limits };
  const file = { bytes, mimeType, extension: format, durationMs, provider, model, seed, provenance };
  return { files: [file], output: { durationMs, ...(words === undefined ? {} : { words }) } };
}
