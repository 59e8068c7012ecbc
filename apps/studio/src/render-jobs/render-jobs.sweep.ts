import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { JobReport } from '@eventzr/jobs';
import { JobQueue, reportOf, Sweep } from '@eventzr/jobs';
import { StudioDb } from '../studio.db.js';
import { RENDER_TASK, renderJobKey, hasEnded } from './render-job.js';
import { RenderEnding } from './render-ending.js';
import type { JobPointer } from './render-jobs.repository.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import { Renderers } from './renderers.module.js';

const BATCH = 200;

/** Adds a job's queue entry again; the claim decides who works on it. */
@Injectable()
export class RenderRevival {
  constructor(
    private readonly db: StudioDb,
    private readonly queue: JobQueue,
  ) {}

  async enqueue(pointer: JobPointer): Promise<void> {
    await this.db.withTenant(
      (tx) => this.queue.enqueue(tx, RENDER_TASK, pointer, { jobKey: renderJobKey(pointer.id) }),
      pointer.tenantId,
    );
  }
}

/** Brings back jobs whose worker died, and ends those whose deadline has passed. */
@Injectable()
export class StuckJobsSweep extends Sweep {
  readonly name = 'sweep-stuck';
  readonly everyMs = 15_000;

  constructor(
    private readonly db: StudioDb,
    private readonly jobs: RenderJobsRepository,
    private readonly ending: RenderEnding,
    private readonly renderers: Renderers,
    private readonly revival: RenderRevival,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const stuck = await this.jobs.findStuck(this.clock.now(), BATCH);
      for (const pointer of stuck) {
        const moved = await this.look(pointer);
        if (moved) tally.succeeded();
        else tally.skipped();
      }
      if (stuck.length === BATCH) tally.remaining((await this.jobs.findStuck(this.clock.now(), BATCH)).length);
    });
  }

  private async look({ tenantId, id }: JobPointer): Promise<boolean> {
    const job = await this.db.withTenant((tx) => this.jobs.find(tx, id), tenantId);
    if (job === null || hasEnded(job.status)) return false;
    if (job.deadlineAt <= this.clock.now()) return this.ending.expire(job, this.renderers.of(job.type));
    await this.revival.enqueue({ tenantId, id });
    return true;
  }
}

