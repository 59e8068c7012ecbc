import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { JobPool } from '@eventzr/db';
import { reportOf, type JobReport } from './job-report.js';
import { Sweep } from './sweep.js';

/**
 * Removes what a killed worker left locked in the queue. Such a job never runs again (one attempt each); its row was
 * enqueued anew by the sweep of the feature that owns it.
 */
@Injectable()
export class AbandonedJobs extends Sweep {
  readonly name = 'abandoned-jobs';
  readonly everyMs = 3_600_000;

  constructor(
    private readonly pool: JobPool,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const removed = await this.pool.query(
        `DELETE FROM graphile_worker._private_jobs
          WHERE attempts >= max_attempts AND (locked_at IS NULL OR locked_at < now() - interval '4 hours') RETURNING id`,
      );
      tally.succeeded(removed.length);
    });
  }
}
