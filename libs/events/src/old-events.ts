import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Database, JobPool, type SqlTx } from '@eventzr/db';
import { reportOf, Sweep, type JobReport } from '@eventzr/jobs';

const DAY_MS = 86_400_000;
const SENT_DAYS = 7;
const RECEIVED_DAYS = 30;
/** Longer than receivers remember: a sequence that starts again must not meet its old numbers. */
const SEQUENCE_DAYS = 90;

/** Removes events that are done with: sent ones after a week, received ones after 30 days. Parked and dead ones stay. */
@Injectable()
export class OldEvents extends Sweep {
  readonly name = 'old-events';
  readonly everyMs = 3_600_000;

  constructor(
    private readonly pool: JobPool,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const before = (days: number) => new Date(this.clock.now().getTime() - days * DAY_MS);
      const limits = {
        sent: before(SENT_DAYS),
        received: before(RECEIVED_DAYS),
        sequence: before(SEQUENCE_DAYS),
      };
      const tenants = await this.pool.query<{ tenant_id: string }>(
        `SELECT tenant_id FROM platform.outbox_events WHERE time < $1
         UNION SELECT tenant_id FROM platform.inbox_events WHERE received_at < $2
         UNION SELECT tenant_id FROM platform.outbox_sequences WHERE used_at < $3`,
        [limits.sent, limits.received, limits.sequence],
      );
      for (const { tenant_id } of tenants)
        tally.succeeded(await this.database.withTenant((tx) => removeOld(tx, limits), tenant_id));
    });
  }
}

async function removeOld(tx: SqlTx, limits: { sent: Date; received: Date; sequence: Date }): Promise<number> {
  const sent = await tx.$executeRaw`
    DELETE FROM platform.outbox_events e WHERE e.time < ${limits.sent}::timestamptz AND NOT EXISTS (
      SELECT FROM platform.outbox_deliveries d WHERE d.tenant_id = e.tenant_id AND d.event_id = e.id AND d.delivered_at IS NULL)`;
  const received = await tx.$executeRaw`
    DELETE FROM platform.inbox_events WHERE received_at < ${limits.received}::timestamptz AND state IN ('handled', 'outdated')`;
  const sequences =
    await tx.$executeRaw`DELETE FROM platform.outbox_sequences WHERE used_at < ${limits.sequence}::timestamptz`;
  return sent + received + sequences;
}
