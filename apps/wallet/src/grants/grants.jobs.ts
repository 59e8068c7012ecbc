import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { reportOf, Sweep, type JobReport } from '@eventzr/jobs';
import { SWEEP_PAGE, workThrough } from '../jobs/work-through.js';
import { GrantExpiryRepository, type DueWallet } from './grant-expiry.repository.js';

/** Takes credits away whose time is over. A reserve does the same for its own wallet, so nothing waits for this. */
@Injectable()
export class ExpireGrants extends Sweep {
  readonly name = 'expire-grants';
  readonly everyMs = 60_000;

  constructor(
    private readonly expiry: GrantExpiryRepository,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    const now = this.clock.now();
    return reportOf(this.name, this.clock, (tally) =>
      workThrough(
        { tally, logger: this.logger, what: "A wallet's grants could not be expired" },
        (after: DueWallet | undefined) => this.expiry.list(now, after, SWEEP_PAGE),
        async ({ tenant_id, id }) => (await this.expiry.expire(tenant_id, id, now)) > 0,
      ),
    );
  }
}
