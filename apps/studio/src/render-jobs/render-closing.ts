import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { ErrorFactory } from '@eventzr/http';
import { AssetsService } from '../assets/assets.service.js';
import type { StudioTx } from '../studio.db.js';
import type { MadePiece } from './piece-files.js';
import { RenderEventsRepository } from './render-events.repository.js';
import type { RenderJob } from './render-job.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import { RenderOutcome } from './render-outcome.js';
import { SubmissionsRepository } from './submissions.repository.js';

/** What belongs to an end besides the row's state; all of it in the caller's transaction. */
@Injectable()
export class RenderClosing {
  constructor(
    private readonly jobs: RenderJobsRepository,
    private readonly events: RenderEventsRepository,
    private readonly assets: AssetsService,
    private readonly outcome: RenderOutcome,
    private readonly submissions: SubmissionsRepository,
    private readonly clock: Clock,
  ) {}

  async completed(
    tx: StudioTx,
    job: RenderJob,
    made: readonly MadePiece[],
    { creditsCharged, finishedAt }: { creditsCharged: number; finishedAt: Date },
  ): Promise<void> {
    const files = made.flatMap((piece) => piece.files);
    await this.assets.add(tx, job, files);
    const assetIds = files.map(({ assetId }) => assetId);
    await this.events.append(
      tx,
      job,
      'succeeded',
      { status: 'succeeded', progress: 100, assetIds },
      finishedAt,
    );
    const [first] = assetIds;
    const outputUrl = first === undefined ? this.outcome.addressOf(job) : this.assets.addressOf(first);
    await this.outcome.charge(tx, job, { outputUrl, creditsCharged, finishedAt });
    this.outcome.tidy(
      job,
      files.flatMap(({ storageKey, thumbnailKey }) => [
        storageKey,
        ...(thumbnailKey === undefined ? [] : [thumbnailKey]),
      ]),
    );
  }

  /** False: the job had ended before, nothing was written. */
  async failed(tx: StudioTx, job: RenderJob, { entry: { code, message } }: ErrorFactory): Promise<boolean> {
    const finishedAt = this.clock.now();
    const end = { finishedAt, errorCode: code, errorMessage: message };
    if (!(await this.jobs.end(tx, job.id, 'failed', end))) return false;
    await this.events.append(tx, job, 'failed', { status: 'failed', error: { code, message } }, finishedAt);
    await this.outcome.release(tx, job, code);
    await this.leave(tx, job);
    return true;
  }

  /** `creditsCharged`: see `creditsForCancelled`. False: the job had ended before, nothing was written. */
  async cancelled(tx: StudioTx, job: RenderJob, creditsCharged: number): Promise<boolean> {
    const finishedAt = this.clock.now();
    if (!(await this.jobs.end(tx, job.id, 'cancelled', { finishedAt, creditsCharged }))) return false;
    await this.events.append(tx, job, 'cancelled', { status: 'cancelled', creditsCharged }, finishedAt);
    await this.outcome.cancel(tx, job, creditsCharged);
    await this.leave(tx, job);
    return true;
  }

  /** Nothing goes on for a job that came to nothing, wherever it is worked on, and none of its files stays. */
  private async leave(tx: StudioTx, job: RenderJob): Promise<void> {
    if ((await this.submissions.listPending(tx, job.id)).length > 0) await this.outcome.stopVendors(tx, job);
    this.outcome.tidy(job, []);
  }

  async requeued(tx: StudioTx, job: RenderJob, nextRunAt: Date): Promise<void> {
    const data = { status: 'queued', attempt: job.attempts, nextRunAt: nextRunAt.toISOString() };
    await this.events.append(tx, job, 'retrying', data, this.clock.now());
    await this.outcome.requeue(tx, job, nextRunAt);
  }
}
