import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { JobPool } from '@eventzr/db';
import { reportOf, Sweep } from '@eventzr/jobs';
import type { JobReport } from '@eventzr/jobs';
import { LlmOrchDb } from '../llm-orch.db.js';
import type { LlmOrchTx } from '../llm-orch.db.js';
import { BudgetHoldsRepository } from './budget-holds.repository.js';
import { OperationSpendRepository } from './operation-spend.repository.js';

const TENANTS_PER_RUN = 500;
/** Longer than any key is kept, so that no request can still belong to the operation. */
const KEEP_MS = 48 * 3_600_000;

/** Forgets what operations spent that nobody can repeat any more. */
@Injectable()
export class OldSpend extends Sweep {
  readonly name = 'old-operation-spend';
  readonly everyMs = 3_600_000;

  constructor(
    private readonly pool: JobPool,
    private readonly db: LlmOrchDb,
    private readonly spend: OperationSpendRepository,
    private readonly holds: BudgetHoldsRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const before = new Date(this.clock.now().getTime() - KEEP_MS);
      const tenants = await this.pool.query<{ tenant_id: string }>(
        `SELECT tenant_id FROM operation_spend WHERE updated_at < $1
          UNION SELECT tenant_id FROM budget_holds WHERE state = 'expired' AND expires_at < $1 LIMIT $2`,
        [before, TENANTS_PER_RUN],
      );
      for (const { tenant_id: tenantId } of tenants) {
        const forget = async (tx: LlmOrchTx) =>
          (await this.spend.removeOlderThan(tx, before)) + (await this.holds.removeExpiredBefore(tx, before));
        tally.succeeded(await this.db.withTenant(forget, tenantId));
      }
    });
  }
}
