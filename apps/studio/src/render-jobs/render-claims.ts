import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { LeaseLost, newLease } from '@eventzr/jobs';
import { StudioDb } from '../studio.db.js';
import type { RenderJob } from './render-job.js';
import { fenceOf } from './render-job.js';
import { RenderEventsRepository } from './render-events.repository.js';
import { RenderJobsRepository } from './render-jobs.repository.js';

const LEASE_MS = 60_000;

/** The lease on a job and what may be written under it. */
@Injectable()
export class RenderClaims {
  constructor(
    private readonly db: StudioDb,
    private readonly jobs: RenderJobsRepository,
    private readonly events: RenderEventsRepository,
    private readonly clock: Clock,
  ) {}

  /** Null: somebody else works on it, or it has ended. */
  async claim(tenantId: string, id: string): Promise<RenderJob | null> {
    return this.db.withTenant(async (tx) => {
      const now = this.clock.now();
      const lease = newLease(this.clock, LEASE_MS);
      const claim = { fence: lease.fence, now, leaseUntil: lease.until };
      const job = await this.jobs.claimAttempt(tx, id, claim);
      // A look at a parked job belongs to the attempt that began before.
      if (job === null) return this.jobs.claimParked(tx, id, claim);
      await this.events.append(tx, job, 'started', { status: 'running', attempt: job.attempts }, now);
      return job;
    }, tenantId);
  }

  /** False: the lease is lost. */
  async renew(job: RenderJob): Promise<boolean> {
    const leaseUntil = newLease(this.clock, LEASE_MS).until;
    return this.db.withTenant(
      (tx) => this.jobs.changeHeld(tx, job.id, fenceOf(job), { leaseUntil }),
      job.tenantId,
    );
  }

  /** @throws LeaseLost */
  async progress(job: RenderJob, progress: number): Promise<void> {
    await this.db.withTenant(async (tx) => {
      if (!(await this.jobs.changeHeld(tx, job.id, fenceOf(job), { progress }))) throw new LeaseLost();
      await this.events.append(tx, job, 'progress', { status: 'running', progress }, this.clock.now());
    }, job.tenantId);
  }

  /** Whether the job's owner wishes it stopped while it is still ours. */
  async isUnwanted(job: RenderJob): Promise<boolean> {
    const now = await this.db.withTenant((tx) => this.jobs.find(tx, job.id), job.tenantId);
    return now !== null && now.fence === job.fence && now.cancelRequestedAt !== null;
  }

  msToDeadline(job: RenderJob): number {
    return job.deadlineAt.getTime() - this.clock.now().getTime();
  }
}
