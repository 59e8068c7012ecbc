import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { reportOf, Sweep, type JobReport } from '@eventzr/jobs';
import { SWEEP_PAGE, workThrough } from '../jobs/work-through.js';
import { HoldsRepository, type DueHold } from './holds.repository.js';

/** Gives back what nobody settled in time. */
@Injectable()
export class ExpireHolds extends Sweep {
  readonly name = 'expire-holds';
  readonly everyMs = 60_000;

  constructor(
    private readonly holds: HoldsRepository,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    const now = this.clock.now();
    return reportOf(this.name, this.clock, (tally) =>
      workThrough(
        { tally, logger: this.logger, what: 'A hold could not be expired' },
        (after: DueHold | undefined) => this.holds.listDue(now, after, SWEEP_PAGE),
        ({ tenant_id, id }) => this.holds.expire(tenant_id, id),
      ),
    );
  }
}
