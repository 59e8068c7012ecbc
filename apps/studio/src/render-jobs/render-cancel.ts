import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { RENDER_CANCEL_CHANNEL } from './cancel-signals.js';
import { JobViews } from './job-views.js';
import { RenderClosing } from './render-closing.js';
import type { JobView } from './render-jobs.dto.js';
import type { RenderJob } from './render-job.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import { RenderJobsService } from './render-jobs.service.js';
import { RenderOutcome } from './render-outcome.js';
import { SubmissionsRepository } from './submissions.repository.js';

/** Stops a job at its owner's wish. What it costs is told by `creditsForCancelled`. */
@Injectable()
export class RenderCancel {
  constructor(
    private readonly db: StudioDb,
    private readonly jobs: RenderJobsService,
    private readonly rows: RenderJobsRepository,
    private readonly submissions: SubmissionsRepository,
    private readonly outcome: RenderOutcome,
    private readonly closing: RenderClosing,
    private readonly views: JobViews,
    private readonly clock: Clock,
  ) {}

  /** The answer never waits for a vendor. @throws RENDER_JOB_NOT_FOUND 404, RENDER_JOB_ENDED 409 */
  async cancel(id: string): Promise<JobView> {
    return this.db.withTenant(async (tx) => {
      const job = await this.jobs.visible(tx, id);
      const accepted = await this.accept(tx, job);
      const now = await this.jobs.visible(tx, id);
      if (!accepted) throw StudioErrors.RENDER_JOB_ENDED({ status: now.status });
      await tx.$queryRaw`SELECT pg_notify(${RENDER_CANCEL_CHANNEL}, ${id})::text`;
      return this.views.one(tx, now);
    });
  }

  /** While a vendor has a task, only its answer to the stop tells what is charged: the worker asks, then ends the job. */
  private async accept(tx: StudioTx, job: RenderJob): Promise<boolean> {
    const now = this.clock.now();
    // Taken first, the row's lock keeps a task that is being stored from falling between the look and the end.
    if (!(await this.rows.changeUnfinished(tx, job.id, { nextRunAt: now }))) return false;
    if (job.cancelRequestedAt !== null) return true;
    const pending = await this.submissions.listPending(tx, job.id);
    if (pending.length === 0) return this.closing.cancelled(tx, job, 0);
    await this.rows.changeUnfinished(tx, job.id, { cancelRequestedAt: now });
    await this.outcome.requeue(tx, job, now);
    return true;
  }
}
