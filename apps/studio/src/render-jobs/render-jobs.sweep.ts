import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import type { JobReport, JobTally } from '@eventzr/jobs';
import { reportOf, Sweep } from '@eventzr/jobs';
import type { JobPointer } from './render-jobs.repository.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import { RenderRevival } from './render-revival.js';

const BATCH = 200;

/** Brings back jobs whose worker died, and ends those whose deadline has passed. */
@Injectable()
export class StuckJobsSweep extends Sweep {
  readonly name = 'sweep-stuck';
  readonly everyMs = 15_000;

  constructor(
    private readonly jobs: RenderJobsRepository,
    private readonly revival: RenderRevival,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const stuck = await this.jobs.findStuck(this.clock.now(), BATCH + 1);
      for (const pointer of stuck.slice(0, BATCH)) await this.look(pointer, tally);
      tally.remaining(Math.max(0, stuck.length - BATCH));
    });
  }

  /** One job that cannot be helped must not keep the others waiting. */
  private async look(pointer: JobPointer, tally: JobTally): Promise<void> {
    try {
      if (await this.revival.look(pointer)) tally.succeeded();
      else tally.skipped();
    } catch (error) {
      this.logger.error({ err: error, jobId: pointer.id }, 'a stuck render job could not be moved');
      tally.failed();
    }
  }
}
