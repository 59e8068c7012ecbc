import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Database, JobPool } from '@eventzr/db';
import { reportOf, Sweep, type JobReport } from '@eventzr/jobs';

const TENANTS_PER_RUN = 500;

/** Removes claims whose time is over. Their end is judged when they are read, so a late sweep changes nothing. */
@Injectable()
export class ExpiredKeys extends Sweep {
  readonly name = 'expired-idempotency-keys';
  readonly everyMs = 600_000;

  constructor(
    private readonly pool: JobPool,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const now = this.clock.now();
      const tenants = await this.pool.query<{ tenant_id: string }>(
        'SELECT DISTINCT tenant_id FROM platform.idempotency_keys WHERE expires_at <= $1 LIMIT $2',
        [now, TENANTS_PER_RUN],
      );
      for (const { tenant_id } of tenants) {
        const removed = await this.database.withTenant(
          (tx) =>
            Promise.resolve(
              tx.$executeRaw`DELETE FROM platform.idempotency_keys WHERE expires_at <= ${now}::timestamptz`,
            ),
          tenant_id,
        );
        tally.succeeded(removed);
      }
    });
  }
}
