import { Injectable } from '@nestjs/common';
import { StudioDb } from '../studio.db.js';
import { RenderEnding } from './render-ending.js';
import { hasEnded } from './render-job.js';
import type { JobPointer } from './render-jobs.repository.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import { RenderOutcome } from './render-outcome.js';
import { Renderers } from './renderers.js';

/** Looks after one job that nobody seems to work on. */
@Injectable()
export class RenderRevival {
  constructor(
    private readonly db: StudioDb,
    private readonly jobs: RenderJobsRepository,
    private readonly ending: RenderEnding,
    private readonly outcome: RenderOutcome,
    private readonly renderers: Renderers,
  ) {}

  /** Ends it when it is late, else adds its queue entry again; the claim decides who works on it. False: it has ended. */
  async look({ tenantId, id }: JobPointer): Promise<boolean> {
    const job = await this.db.withTenant((tx) => this.jobs.find(tx, id), tenantId);
    if (job === null || hasEnded(job.status)) return false;
    if (this.ending.isLate(job)) return this.ending.expire(job, this.renderers.of(job.type));
    // Its old time, not now: a job that only waits its turn must not lose its place to younger ones.
    await this.db.withTenant((tx) => this.outcome.requeue(tx, job, job.nextRunAt), tenantId);
    return true;
  }
}
