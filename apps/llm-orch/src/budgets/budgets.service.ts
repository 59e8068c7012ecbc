import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { currentPrincipal } from '@eventzr/http';
import type { Finished } from '@eventzr/idempotency';
import { Operations } from '@eventzr/idempotency';
import { LlmOrchDb } from '../llm-orch.db.js';
import type { LlmOrchTx } from '../llm-orch.db.js';
import { UsageLog } from '../usage/usage-log.js';
import type { BudgetsBody, BudgetsView } from './budgets.dto.js';
import { budgetRows, budgetsView } from './budget-rows.js';
import { BudgetsRepository } from './budgets.repository.js';
import { LimitedTenants } from './limited-tenants.js';

/** The budgets of the caller's tenant. */
@Injectable()
export class BudgetsService {
  constructor(
    private readonly db: LlmOrchDb,
    private readonly operations: Operations<LlmOrchTx>,
    private readonly budgets: BudgetsRepository,
    private readonly limited: LimitedTenants,
    private readonly usage: UsageLog,
    private readonly clock: Clock,
  ) {}

  get(): Promise<BudgetsView> {
    return this.db.withTenant((tx) => this.view(tx));
  }

  /** What was spent before the first budget was set counts too. */
  async put(body: BudgetsBody): Promise<Finished<BudgetsView>> {
    const { tenantId } = currentPrincipal();
    const now = this.clock.now();
    // Before the transaction: usage is written in those of its own, and a connection must not wait for another.
    await this.usage.flush();
    const finished = await this.operations.finish(async (tx) => {
      const first = !(await this.budgets.any(tx));
      await this.budgets.replace(tx, budgetRows(body, tenantId, now));
      if (first) {
        await this.budgets.closeWindows(tx);
        await this.budgets.openWindows(tx, tenantId, now.toISOString().slice(0, 10));
      }
      return this.view(tx);
    });
    await this.limited.changed(tenantId);
    return finished;
  }

  private async view(tx: LlmOrchTx): Promise<BudgetsView> {
    const { tenantId } = currentPrincipal();
    const now = this.clock.now();
    const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
    const windows = await this.budgets.windows(tx, day, month);
    return budgetsView(
      await this.budgets.list(tx),
      windows.filter(({ subjectId }) => subjectId === tenantId),
    );
  }
}
