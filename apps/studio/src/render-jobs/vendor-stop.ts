import { Injectable } from '@nestjs/common';
import { JobHandler } from '@eventzr/jobs';
import type { JobPayload } from '@eventzr/jobs';
import type { CancelOutcome } from '../providers/media-provider.js';
import { StudioDb } from '../studio.db.js';
import { PieceTasks } from './piece-tasks.js';
import type { RenderJob } from './render-job.js';
import { hasEnded, STOP_TASK } from './render-job.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import { Renderers } from './renderers.js';
import { SubmissionLog } from './submission-log.js';
import { SubmissionsRepository } from './submissions.repository.js';

/** Stops what vendors still work on. As a queued job it looks after the tasks that a job left behind when it ended. */
@Injectable()
export class VendorStop extends JobHandler {
  readonly task = STOP_TASK;

  constructor(
    private readonly db: StudioDb,
    private readonly jobs: RenderJobsRepository,
    private readonly submissions: SubmissionsRepository,
    private readonly log: SubmissionLog,
    private readonly tasks: PieceTasks,
    private readonly renderers: Renderers,
  ) {
    super();
  }

  async run({ tenantId, id }: JobPayload): Promise<void> {
    const job = await this.db.withTenant((tx) => this.jobs.find(tx, id), tenantId);
    if (job !== null && hasEnded(job.status)) await this.all(job);
  }

  /** Asks for each pending task once; the outcomes are the vendors' words. */
  async all(job: RenderJob): Promise<CancelOutcome[]> {
    const renderer = this.renderers.of(job.type);
    const pending = await this.db.withTenant((tx) => this.submissions.listPending(tx, job.id), job.tenantId);
    return Promise.all(
      pending.map(async ({ variant: piece, attempt, taskId }) => {
        const work = { job, renderer, piece };
        const outcome = await this.tasks.stop(work, taskId);
        await this.log.close(work, attempt, 'stopped');
        return outcome;
      }),
    );
  }
}
