import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { MultipartForm } from '@eventzr/http';
import { transcriptionCredits } from '@eventzr/wallet-client';
import type { InputFile } from '../inputs/input-file.js';
import { MediaInputs } from '../inputs/media-inputs.js';
import type { Quote } from '../prices/priced-operation.js';
import { PricedOperation } from '../prices/priced-operation.js';
import { transcriptCostBoundMicroUsd } from '../providers/audio-costs.js';
import { TranscriptProviders } from '../providers/transcript-providers.js';
import { assertWithinCeiling } from '../render-jobs/cost-ceiling.js';
import { SEED_RANGE } from '../render-jobs/render-job.js';
import { RenderJobsService } from '../render-jobs/render-jobs.service.js';
import { assertReady } from './readiness.js';
import type { TranscriptInput } from './audio-input.js';
import { TRANSCRIPT_OPERATION } from './audio-input.js';
import type { TranscribeFields, TranscribeRequest } from './audio.dto.js';
import { EstimateTranscription } from './audio.dto.js';

const BASE_ESTIMATE_MS = 2_000;
/** Recordings are written down about three times faster than they were spoken. */
const FASTER_THAN_SPOKEN = 3;
const BUDGET_MS = 45 * 60_000;

/** Turns recordings into priced transcription jobs. */
@Injectable()
export class TranscriptsService extends PricedOperation<EstimateTranscription> {
  readonly operation = TRANSCRIPT_OPERATION;
  readonly body = EstimateTranscription;

  constructor(
    private readonly providers: TranscriptProviders,
    private readonly inputs: MediaInputs,
    private readonly jobs: RenderJobsService,
  ) {
    super();
  }

  async request(body: TranscribeRequest, form: MultipartForm<TranscribeFields> | undefined) {
    const wish = form === undefined ? body : form.fields;
    await assertReady(this.providers.listener(wish.provider, wish.languageHint).provider);
    const audio = await this.inputs.take(sourceOf(body, form), 'audio');
    const { credits, maxCostMicroUsd, provider, requestedProvider } = this.price(wish, audio.durationMs ?? 0);
    assertWithinCeiling(maxCostMicroUsd);
    return this.jobs.submit<TranscriptInput>({
      type: 'transcription',
      operation: TRANSCRIPT_OPERATION,
      input: inputOf(wish, audio),
      prompts: [],
      provider,
      requestedProvider,
      seed: randomInt(SEED_RANGE),
      credits,
      estimatedMs: BASE_ESTIMATE_MS + Math.round((audio.durationMs ?? 0) / FASTER_THAN_SPOKEN),
      budgetMs: BUDGET_MS,
    });
  }

  quote(request: EstimateTranscription): Quote {
    return this.price(request, request.durationSeconds * 1_000);
  }

  /** By the length of the recording, as it was measured. */
  price(
    { provider: wanted, languageHint }: Pick<TranscribeFields, 'provider' | 'languageHint'>,
    durationMs: number,
  ): Quote {
    const { provider, requestedProvider } = this.providers.listener(wanted, languageHint);
    const { name } = provider;
    const model = name === 'local' ? 'standard' : 'neural';
    const credits = transcriptionCredits({ durationSeconds: durationMs / 1_000, model });
    return {
      credits,
      maxCostMicroUsd: transcriptCostBoundMicroUsd(name, durationMs),
      provider: name,
      ...(requestedProvider === undefined ? {} : { requestedProvider }),
      lines: [{ item: `${Math.max(1, Math.ceil(durationMs / 60_000))} min by ${name}`, credits }],
    };
  }
}

function sourceOf({ audioUrl, assetId }: TranscribeRequest, form: MultipartForm<object> | undefined) {
  return form === undefined ? { url: audioUrl, assetId } : { file: form.files[0] };
}

function inputOf({ timestamps, languageHint }: TranscribeFields, audio: InputFile): TranscriptInput {
  return { audio, timestamps, ...(languageHint === undefined ? {} : { languageHint }) };
}
