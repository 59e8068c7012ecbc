import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { LeaseLost } from '@eventzr/jobs';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import type { MadePiece } from './piece-files.js';
import type { RenderJob } from './render-job.js';
import { fenceOf } from './render-job.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import type { Renderer } from './renderer.js';
import type { Submission, SubmissionState } from './submissions.repository.js';
import { SubmissionsRepository } from './submissions.repository.js';

/** What is made: one piece of a job, by the renderer of its type. */
export interface PieceWork {
  readonly job: RenderJob;
  readonly renderer: Renderer;
  readonly piece: number;
}

/** What is known about the requests for a piece; each entry is a transaction of its own. */
@Injectable()
export class SubmissionLog {
  constructor(
    private readonly db: StudioDb,
    private readonly jobs: RenderJobsRepository,
    private readonly submissions: SubmissionsRepository,
    private readonly clock: Clock,
  ) {}

  latest({ job, piece }: PieceWork): Promise<Submission | null> {
    return this.inTenant(job, (tx) => this.submissions.latest(tx, job.id, piece));
  }

  /** Who lost the lease while it slept must not ask, and be billed, a second time. @throws LeaseLost */
  async intend({ job, piece }: PieceWork): Promise<void> {
    const { tenantId, id: jobId, attempts: attempt, provider } = job;
    await this.inTenant(job, async (tx) => {
      await this.assertHeld(tx, job);
      const createdAt = this.clock.now();
      await this.submissions.open(tx, { tenantId, jobId, variant: piece, attempt, provider, createdAt });
    });
  }

  /** Remembers the vendor's task, from now on it is only looked at. @throws LeaseLost */
  async pend({ job, piece }: PieceWork, attempt: number, taskId: string): Promise<void> {
    await this.inTenant(job, async (tx) => {
      await this.assertHeld(tx, job);
      const known = await this.submissions.pend(tx, { jobId: job.id, variant: piece, attempt }, taskId);
      if (!known) throw new LeaseLost();
    });
  }

  /** False: its outcome was decided before. */
  close(
    { job, piece }: PieceWork,
    attempt: number,
    state: SubmissionState,
    made?: MadePiece,
  ): Promise<boolean> {
    const key = { jobId: job.id, variant: piece, attempt };
    return this.inTenant(job, (tx) => this.submissions.close(tx, key, state, this.clock.now(), made));
  }

  ageMs({ createdAt }: Submission): number {
    return this.clock.now().getTime() - createdAt.getTime();
  }

  private async assertHeld(tx: StudioTx, job: RenderJob): Promise<void> {
    if (!(await this.jobs.lockHeld(tx, job.id, fenceOf(job)))) throw new LeaseLost();
  }

  private inTenant<R>({ tenantId }: RenderJob, work: (tx: StudioTx) => Promise<R>): Promise<R> {
    return this.db.withTenant(work, tenantId);
  }
}
