import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { reportOf, Sweep, type JobReport } from '@eventzr/jobs';
import { GrantExpiryRepository, type DueWallet } from './grant-expiry.repository.js';

const PAGE = 200;

/** Takes credits away whose time is over. A reserve does the same for its own wallet, so nothing waits for this. */
@Injectable()
export class ExpireGrants extends Sweep {
  readonly name = 'expire-grants';
  readonly everyMs = 60_000;

  constructor(
    private readonly expiry: GrantExpiryRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const now = this.clock.now();
      let page: DueWallet[] = [];
      do {
        page = await this.expiry.list(now, page.at(-1), PAGE);
        for (const { tenant_id, id } of page) {
          if ((await this.expiry.expire(tenant_id, id, now)) > 0) tally.succeeded();
          else tally.skipped();
        }
      } while (page.length === PAGE);
    });
  }
}
