import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { StudioTx } from '../studio.db.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import { RenderOutcome } from './render-outcome.js';

/** Makes a job that waits for its vendor look now. */
@Injectable()
export class RenderWaking {
  constructor(
    private readonly jobs: RenderJobsRepository,
    private readonly outcome: RenderOutcome,
    private readonly clock: Clock,
  ) {}

  /** Without effect on a job that has ended or that a worker is looking at. */
  async wake(tx: StudioTx, id: string): Promise<void> {
    const now = this.clock.now();
    if (!(await this.jobs.wakeParked(tx, id, now))) return;
    const job = await this.jobs.find(tx, id);
    if (job !== null) await this.outcome.requeue(tx, job, now);
  }
}
