import { Injectable } from '@nestjs/common';
import type { MultipartForm } from '@eventzr/http';
import { currentPrincipal } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import type { TranscriptInput } from '../audio/audio-input.js';
import type { TranscribeFields } from '../audio/audio.dto.js';
import { assertReady } from '../audio/readiness.js';
import { TranscriptRenderer } from '../audio/transcript-renderer.js';
import { TranscriptsService } from '../audio/transcripts.service.js';
import { TranscriptProviders } from '../providers/transcript-providers.js';
import { ChildWork, MICROS_PER_USD } from './child-work.js';
import type { InternalTranscribeRequest, InternalTranscript, TranscriptView } from './internal-audio.dto.js';
import { InternalRecordings } from './internal-recordings.service.js';

const TIMEOUT_MS = 120_000;

/** Writes recordings down for another service's operation, at once and without a job. */
@Injectable()
export class InternalTranscriptsService {
  constructor(
    private readonly children: ChildWork,
    private readonly providers: TranscriptProviders,
    private readonly renderer: TranscriptRenderer,
    private readonly pricing: TranscriptsService,
    private readonly recordings: InternalRecordings,
    private readonly operations: Operations,
  ) {}

  async transcribe(body: InternalTranscribeRequest, form: MultipartForm<TranscribeFields> | undefined) {
    const { provider: wanted, languageHint, timestamps } = form === undefined ? body : form.fields;
    const { provider } = this.providers.listener(wanted, languageHint);
    await assertReady(provider);
    // The hold first: a file of nobody's operation is not fetched.
    await this.children.open(0);
    const audio = await this.recordings.of(body, form);
    const language = languageHint === undefined ? {} : { languageHint };
    const input: TranscriptInput = { audio, timestamps, ...language };
    const { durationMs = 0 } = audio;
    const { credits, maxCostMicroUsd } = this.pricing.price({ provider: wanted, ...language }, durationMs);
    await this.children.open(maxCostMicroUsd);
    const { tenantId } = currentPrincipal();
    const idempotencyKey = this.operations.current().operationId;
    const task = { tenantId, input, provider: provider.name, seed: 0, piece: 0, idempotencyKey };
    const { output, files } = await this.children.piece(this.renderer, task, TIMEOUT_MS);
    const { durationMs: _told, ...transcript } = output ?? {};
    const answer: InternalTranscript = {
      transcript: transcript as unknown as TranscriptView, // as the renderer showed it
      durationMs,
      credits,
      costUsd: maxCostMicroUsd / MICROS_PER_USD,
      provider: provider.name,
      model: files[0]?.model ?? provider.name,
    };
    return this.operations.finish(() => Promise.resolve(answer));
  }
}
