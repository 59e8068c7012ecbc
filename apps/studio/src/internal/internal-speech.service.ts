import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { currentPrincipal } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import type { ParentOperation } from '@eventzr/wallet-client';
import { ttsCredits } from '@eventzr/wallet-client';
import { AssetsService } from '../assets/assets.service.js';
import { AssetLinks } from '../assets/asset-links.js';
import { AssetsRepository } from '../assets/assets.repository.js';
import { assertReady } from '../audio/readiness.js';
import { SpeechRenderer } from '../audio/speech-renderer.js';
import { SpeechService } from '../audio/speech.service.js';
import type { SpeechInput } from '../audio/audio-input.js';
import { PieceFiles } from '../render-jobs/piece-files.js';
import type { RenderJobRow } from '../render-jobs/render-jobs.repository.js';
import { RenderJobsRepository } from '../render-jobs/render-jobs.repository.js';
import type { StudioTx } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { ChildWork, MICROS_PER_USD } from './child-work.js';
import type { InternalSpeech, InternalSpeechRequest } from './internal-audio.dto.js';

const TIMEOUT_MS = 60_000;

/** Speaks texts for another service's operation, at once; what was spoken is kept as an asset of the user. */
@Injectable()
export class InternalSpeechService {
  constructor(
    private readonly children: ChildWork,
    private readonly speech: SpeechService,
    private readonly renderer: SpeechRenderer,
    private readonly files: PieceFiles,
    private readonly jobs: RenderJobsRepository,
    private readonly assets: AssetsService,
    private readonly rows: AssetsRepository,
    private readonly links: AssetLinks,
    private readonly operations: Operations<StudioTx>,
    private readonly clock: Clock,
  ) {}

  async speak(request: InternalSpeechRequest) {
    const { provider } = await this.speech.speakerOf(request);
    await assertReady(provider);
    const { maxCostMicroUsd } = await this.speech.quote(request);
    const parent = await this.children.open(maxCostMicroUsd);
    const input = await this.speech.inputOf(request);
    const row = this.rowOf(input, provider.name, parent);
    const task = {
      tenantId: row.tenantId,
      input,
      provider: row.provider,
      seed: 0,
      piece: 0,
      idempotencyKey: row.id,
    };
    const spoken = await this.children.piece(this.renderer, task, TIMEOUT_MS);
    const made = await this.children.finished(row.id, spoken);
    const answer = { costUsd: maxCostMicroUsd / MICROS_PER_USD, provider: provider.name };
    return this.keep(row, made, answer, input);
  }

  /**
   * An asset belongs to a job: the row of one that has ended and cost nothing here, since the parent's hold pays. Its
   * hold is the parent's, which only the parent settles.
   */
  private rowOf(input: SpeechInput, provider: string, parent: ParentOperation): RenderJobRow {
    const { tenantId, userId } = currentPrincipal();
    const now = this.clock.now();
    return {
      tenantId,
      id: newId(this.clock),
      userId,
      type: this.renderer.type,
      status: 'succeeded',
      progress: 100,
      provider,
      seed: 0n,
      input,
      operationId: this.operations.current().operationId,
      holdId: parent.holdId,
      creditsReserved: 0,
      attempts: 1,
      nextRunAt: now,
      deadlineAt: new Date(now.getTime() + TIMEOUT_MS),
      estimatedCompletionAt: now,
      createdAt: now,
      startedAt: now,
      finishedAt: now,
    };
  }

  private async keep(
    row: RenderJobRow,
    made: Awaited<ReturnType<ChildWork['piece']>>,
    answer: Pick<InternalSpeech, 'costUsd' | 'provider'>,
    { format, voiceKind: voice }: SpeechInput,
  ) {
    const place = { tenantId: row.tenantId, id: row.id, attempts: 1 };
    try {
      const { files } = await this.files.keep(place, 0, made);
      return await this.operations.finish(async (tx) => {
        const finishedAt = this.clock.now();
        const model = files[0]?.file.model ?? null;
        const job = await this.jobs.insert(tx, { ...row, finishedAt, model, ...outputOf(made) });
        await this.assets.add(tx, job, files);
        const shown = await this.shown(tx, job.id, format);
        const credits = ttsCredits({ durationSeconds: shown.durationMs / 1_000, voice });
        return { ...answer, ...shown, credits };
      });
    } catch (error) {
      await this.files.clear(place, []);
      throw error;
    }
  }

  private async shown(tx: StudioTx, jobId: string, format: SpeechInput['format']) {
    const [asset] = await this.rows.ofJobs(tx, [jobId]);
    if (asset === undefined) throw StudioErrors.STORAGE_FAILED();
    const { id: assetId, contentUrl: url, bytes, durationMs = 0 } = this.links.view(asset);
    return { audio: { assetId, url, format, durationMs, bytes }, durationMs, model: asset.model };
  }
}

function outputOf({ output }: { readonly output?: object }) {
  return output === undefined ? {} : { output: output as Record<string, never> };
}
