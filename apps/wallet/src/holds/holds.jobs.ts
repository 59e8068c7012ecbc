import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { JobPool } from '@eventzr/db';
import { reportOf, Sweep, type JobReport } from '@eventzr/jobs';
import { HoldsRepository } from './holds.repository.js';

const PAGE = 500;

/** Gives back what nobody settled in time. */
@Injectable()
export class ExpireHolds extends Sweep {
  readonly name = 'expire-holds';
  readonly everyMs = 60_000;

  constructor(
    private readonly jobs: JobPool,
    private readonly holds: HoldsRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const due = await this.jobs.query<{ tenant_id: string; id: string }>(
        `SELECT tenant_id, id FROM holds WHERE state = 'open' AND expires_at <= $1 ORDER BY expires_at LIMIT $2`,
        [this.clock.now(), PAGE + 1],
      );
      for (const { tenant_id, id } of due.slice(0, PAGE)) {
        if (await this.holds.expire(tenant_id, id)) tally.succeeded();
        else tally.skipped();
      }
      tally.remaining(Math.max(0, due.length - PAGE));
    });
  }
}
