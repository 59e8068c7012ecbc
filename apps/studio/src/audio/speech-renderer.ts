import { Injectable } from '@nestjs/common';
import { ttsCredits } from '@eventzr/wallet-client';
import { speechCostBoundMicroUsd } from '../providers/audio-costs.js';
import type { MadeSpeech, SpeechRequest } from '../providers/speech-provider.js';
import { SpeechProviders } from '../providers/speech-providers.js';
import type { RenderJob } from '../render-jobs/render-job.js';
import type { PieceMeasure, RenderedPiece, RenderTask } from '../render-jobs/renderer.js';
import { ProviderRenderer } from '../render-jobs/provider-renderer.js';
import { StudioErrors } from '../studio.errors.js';
import { ClonedVoices } from '../voice-models/cloned-voices.js';
import type { SpeechInput } from './audio-input.js';
import { SPEECH_OPERATION } from './audio-input.js';

/** Speaks the text of a speech job. */
@Injectable()
export class SpeechRenderer extends ProviderRenderer<SpeechInput, SpeechRequest, MadeSpeech> {
  readonly type = 'tts';
  readonly operation = SPEECH_OPERATION;
  readonly providerError = StudioErrors.AUDIO_PROVIDER_ERROR;
  readonly timeoutError = StudioErrors.AUDIO_TIMEOUT;
  readonly refusalError = StudioErrors.AUDIO_REFUSED;

  constructor(
    private readonly providers: SpeechProviders,
    private readonly cloned: ClonedVoices,
  ) {
    super();
  }

  /** @throws VOICE_MODEL_NOT_FOUND when the voice was deleted since, or is not the caller's to use */
  override async assertRepeatable({ voice, voiceKind }: SpeechInput): Promise<void> {
    if (voiceKind === 'cloned') await this.cloned.assertKept(voice);
  }

  maxCostMicroUsd({ text }: SpeechInput, provider: string): number {
    return speechCostBoundMicroUsd(provider, text.length);
  }

  protected sold(provider: string) {
    return this.providers.sold(provider);
  }

  protected requestOf(task: RenderTask<SpeechInput>): SpeechRequest {
    return requestOf(task);
  }

  protected pieceOf({ input }: RenderTask<SpeechInput>, made: MadeSpeech): RenderedPiece {
    return pieceOf(input, made);
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
