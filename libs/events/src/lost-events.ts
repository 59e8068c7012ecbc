import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Database, JobPool } from '@eventzr/db';
import { JobQueue, reportOf, Sweep, type JobReport } from '@eventzr/jobs';
import { HANDLE_EVENT } from './inbox.js';

const GRACE_MS = 60_000;
const EVENTS_PER_RUN = 1_000;

/** Adds the jobs of received events again whose worker was killed. */
@Injectable()
export class LostEvents extends Sweep {
  readonly name = 'lost-events';
  readonly everyMs = 15_000;

  constructor(
    private readonly pool: JobPool,
    private readonly database: Database,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const overdue = new Date(this.clock.now().getTime() - GRACE_MS);
      const lost = await this.pool.query<{ tenantId: string; id: string }>(
        `SELECT tenant_id AS "tenantId", id FROM platform.inbox_events
          WHERE state = 'received' AND next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $2`,
        [overdue, EVENTS_PER_RUN],
      );
      for (const payload of lost) {
        await this.database.withTenant(
          (tx) => this.jobs.enqueue(tx, HANDLE_EVENT, payload, { jobKey: `event:${payload.id}` }),
          payload.tenantId,
        );
        tally.succeeded();
      }
    });
  }
}
