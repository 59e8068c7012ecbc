import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { JobPool } from '@eventzr/db';
import { reportOf, Sweep } from '@eventzr/jobs';
import type { JobReport } from '@eventzr/jobs';
import { LlmOrchDb } from '../llm-orch.db.js';
import { BudgetHoldsRepository } from './budget-holds.repository.js';

const HOLDS_PER_RUN = 1_000;

/** Ends budget holds whose process is gone: what may have been billed counts as spent, and nothing stays held. */
@Injectable()
export class AbandonedBudgetHolds extends Sweep {
  readonly name = 'abandoned-budget-holds';
  readonly everyMs = 60_000;

  constructor(
    private readonly pool: JobPool,
    private readonly db: LlmOrchDb,
    private readonly holds: BudgetHoldsRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const now = this.clock.now();
      const due = await this.pool.query<{ tenant_id: string; id: string }>(
        `SELECT tenant_id, id FROM budget_holds WHERE state = 'held' AND expires_at <= $1 ORDER BY expires_at LIMIT $2`,
        [now, HOLDS_PER_RUN],
      );
      for (const { tenant_id: tenantId, id } of due) {
        const expired = await this.db.withTenant((tx) => this.holds.expire(tx, tenantId, id, now), tenantId);
        if (expired) tally.succeeded();
        else tally.skipped();
      }
    });
  }
}
