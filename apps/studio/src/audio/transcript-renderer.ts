import { Injectable } from '@nestjs/common';
import { MediaInputs } from '../inputs/media-inputs.js';
import { transcriptCostBoundMicroUsd } from '../providers/audio-costs.js';
import type { CancelOutcome } from '../providers/media-provider.js';
import { PendingTask } from '../providers/media-provider.js';
import type { Transcript, TranscriptRequest } from '../providers/transcript-provider.js';
import { TranscriptProviders } from '../providers/transcript-providers.js';
import type { RenderedPiece, RenderTask, RenderWorkTools } from '../render-jobs/renderer.js';
import { Renderer } from '../render-jobs/renderer.js';
import { StudioErrors } from '../studio.errors.js';
import type { TranscriptInput } from './audio-input.js';
import { TRANSCRIPT_OPERATION } from './audio-input.js';
import { srtOf, vttOf } from './subtitles.js';

/** Writes down the recording of a transcription job. */
@Injectable()
export class TranscriptRenderer extends Renderer<TranscriptInput> {
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

  pieces(): number {
    return 1;
  }

  maxCostMicroUsd({ audio }: TranscriptInput, provider: string): number {
    return transcriptCostBoundMicroUsd(provider, audio.durationMs ?? 0);
  }

  safeToResubmit(provider: string): boolean {
    return this.providers.sold(provider).resubmit === 'safe';
  }

  async render(
    task: RenderTask<TranscriptInput>,
    tools: RenderWorkTools,
  ): Promise<RenderedPiece | PendingTask> {
    const heard = await this.providers.sold(task.provider).generate(await this.requestOf(task), tools);
    return heard instanceof PendingTask ? heard : pieceOf(task, heard);
  }

  override async resume(
    taskId: string,
    task: RenderTask<TranscriptInput>,
    tools: RenderWorkTools,
  ): Promise<RenderedPiece | PendingTask> {
    const heard = await this.providers.sold(task.provider).poll(taskId, await this.requestOf(task), tools);
    return heard instanceof PendingTask ? heard : pieceOf(task, heard);
  }

  override recalls(provider: string): boolean {
    return this.providers.sold(provider).recalls();
  }

  override recall(
    { provider, idempotencyKey }: RenderTask<TranscriptInput>,
    tools: RenderWorkTools,
  ): Promise<PendingTask | undefined> {
    return this.providers.sold(provider).recall(idempotencyKey, tools);
  }

  override stop(
    taskId: string,
    { provider }: RenderTask<TranscriptInput>,
    tools: RenderWorkTools,
  ): Promise<CancelOutcome> {
    return this.providers.sold(provider).cancel(taskId, tools);
  }

  private async requestOf(task: RenderTask<TranscriptInput>): Promise<TranscriptRequest> {
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
