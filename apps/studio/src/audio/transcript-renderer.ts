import { Injectable } from '@nestjs/common';
import { MediaInputs } from '../inputs/media-inputs.js';
import { transcriptCostBoundMicroUsd } from '../providers/audio-costs.js';
import type { Transcript, TranscriptRequest } from '../providers/transcript-provider.js';
import { TranscriptProviders } from '../providers/transcript-providers.js';
import type { RenderedPiece, RenderTask } from '../render-jobs/renderer.js';
import { ProviderRenderer } from '../render-jobs/provider-renderer.js';
import { StudioErrors } from '../studio.errors.js';
import type { TranscriptInput } from './audio-input.js';
import { TRANSCRIPT_OPERATION } from './audio-input.js';
import { srtOf, vttOf } from './subtitles.js';

/** Writes down the recording of a transcription job. */
@Injectable()
export class TranscriptRenderer extends ProviderRenderer<TranscriptInput, TranscriptRequest, Transcript> {
  readonly type = 'transcription';
  readonly operation = TRANSCRIPT_OPERATION;
  readonly providerError = StudioErrors.AUDIO_PROVIDER_ERROR;
  readonly timeoutError = StudioErrors.AUDIO_TIMEOUT;
  readonly refusalError = StudioErrors.AUDIO_REFUSED;

  constructor(
    private readonly providers: TranscriptProviders,
    private readonly inputs: MediaInputs,
  ) {
    super();
  }

  maxCostMicroUsd({ audio }: TranscriptInput, provider: string): number {
    return transcriptCostBoundMicroUsd(provider, audio.durationMs ?? 0);
  }

  protected sold(provider: string) {
    return this.providers.sold(provider);
  }

  protected pieceOf(task: RenderTask<TranscriptInput>, heard: Transcript): RenderedPiece {
    return pieceOf(task, heard);
  }

  protected async requestOf(task: RenderTask<TranscriptInput>): Promise<TranscriptRequest> {
    const { tenantId, input, seed, idempotencyKey } = task;
    const { id, mimeType, durationMs = 0 } = input.audio;
    const { languageHint } = input;
    return {
      audio: await this.inputs.read(tenantId, id),
      mimeType,
      durationMs,
      ...(languageHint === undefined ? {} : { languageHint }),
      seed,
      idempotencyKey,
    };
  }
}

/** What a caller is told of a transcript: words only where they were asked for. */
export function transcriptView(
  { text, language, confidence, segments, limits }: Transcript,
  timestamps: TranscriptInput['timestamps'],
) {
  const shown = segments.map(({ words, ...segment }) =>
    timestamps === 'word' && words !== undefined ? { ...segment, words } : segment,
  );
  return { text, language, confidence, segments: shown, limits };
}

function pieceOf({ input, seed }: RenderTask<TranscriptInput>, heard: Transcript): RenderedPiece {
  const { provider, model, segments, limits } = heard;
  const output = transcriptView(heard, input.timestamps);
  const made = { provider, model, seed, provenance: { generator: model, limits } };
  const durationMs = input.audio.durationMs ?? 0;
  const file = (extension: string, mimeType: string, text: string, role?: string) => ({
    ...made,
    bytes: Buffer.from(text),
    mimeType,
    extension,
    durationMs,
    ...(role === undefined ? {} : { role }),
  });
  return {
    files: [
      file('json', 'application/json', `${JSON.stringify(output, null, 2)}\n`),
      file('srt', 'application/x-subrip', srtOf(segments), 'subtitles'),
      file('vtt', 'text/vtt', vttOf(segments), 'subtitles-web'),
    ].filter(({ bytes }) => bytes.length > 0),
    output: { ...output, durationMs },
  };
}
