import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { AppLogger, currentPrincipal } from '@eventzr/http';
import { LlmOrchDb } from '../llm-orch.db.js';
import type { BudgetedCall } from './budget-errors.js';
import { assertAffordable, budgetExceeded, limitExceeded } from './budget-errors.js';
import { BudgetHoldsRepository } from './budget-holds.repository.js';
import { LimitedTenants } from './limited-tenants.js';
import { OperationSpendRepository } from './operation-spend.repository.js';

/** Long after any call has ended. */
const HOLD_MS = 3_600_000;

/** The most that one operation may cost, whoever works for it and however often it is tried. */
export interface SpendCeiling {
  /** The operation that pays: the parent's, where there is one. */
  readonly operationId: string;
  readonly maxMicroUsd: number;
}

/** One attempt's bound, counted against every limit that applies until its cost is known. */
export interface AttemptHold {
  readonly id: string;
  readonly tenantId: string;
  readonly boundMicroUsd: number;
  readonly ceiling: SpendCeiling | undefined;
  /** Whether a budget of the tenant holds it too. */
  readonly budgeted: boolean;
}

/**
 * Keeps every limit in USD: the ceiling of an operation over all its attempts, repeated requests and children, and the
 * budgets of tenant and user per day and month. An attempt counts at its bound before it starts, and at its cost once
 * that is known; one that may have been billed stays at its bound.
 */
@Injectable()
export class AttemptLedger {
  constructor(
    private readonly db: LlmOrchDb,
    private readonly spend: OperationSpendRepository,
    private readonly budgets: BudgetHoldsRepository,
    private readonly limited: LimitedTenants,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  /** @throws BUDGET_EXCEEDED 402, PRICE_UNKNOWN 400: the attempt must not start, and nothing is held */
  async open(call: BudgetedCall, ceiling: SpendCeiling | undefined): Promise<AttemptHold> {
    const { tenantId, userId } = currentPrincipal();
    const budgeted = await this.limited.has(tenantId);
    const { boundMicroUsd } = call;
    const hold = { id: newId(this.clock), tenantId, boundMicroUsd, ceiling, budgeted };
    if (ceiling === undefined && !budgeted) return hold;
    assertAffordable(call, ceiling?.maxMicroUsd ?? Number.MAX_SAFE_INTEGER);
    if (!budgeted && ceiling !== undefined) {
      await this.commit(call, tenantId, ceiling);
      return hold;
    }
    await this.db.withTenantSql(async () => {
      if (ceiling !== undefined) await this.commit(call, tenantId, ceiling);
      const now = this.clock.now();
      const refusal = await this.budgets.hold({
        tenantId,
        userId,
        id: hold.id,
        microUsd: boundMicroUsd,
        day: now.toISOString().slice(0, 10),
        expiresAt: new Date(now.getTime() + HOLD_MS),
      });
      if (refusal !== undefined) throw limitExceeded(call, refusal, now);
    }, tenantId);
    return hold;
  }

  /** Replaces the bound by the cost, in the current transaction: the one that ends the operation. */
  async settleIn(hold: AttemptHold, costMicroUsd: number): Promise<void> {
    const { ceiling, boundMicroUsd } = hold;
    const cost = Math.min(costMicroUsd, boundMicroUsd);
    if (ceiling !== undefined && cost !== boundMicroUsd)
      await this.spend.giveBack(ceiling.operationId, boundMicroUsd - cost);
    if (hold.budgeted) await this.budgets.settle(hold.tenantId, hold.id, cost);
  }

  /** The same on its own, for attempts that end before the operation does. */
  async settle(hold: AttemptHold, costMicroUsd: number): Promise<void> {
    if (hold.ceiling === undefined && !hold.budgeted) return;
    await this.db
      .withTenantSql(() => this.settleIn(hold, costMicroUsd), hold.tenantId)
      // The outcome is known and must not be lost: the bound stays counted, so that every limit still holds.
      .catch((error: unknown) =>
        this.logger.warn({ err: error, attemptId: hold.id }, 'an attempt stays counted at its bound'),
      );
  }

  private async commit(call: BudgetedCall, tenantId: string, ceiling: SpendCeiling) {
    const { operationId, maxMicroUsd } = ceiling;
    if (await this.spend.commit(tenantId, operationId, call.boundMicroUsd, maxMicroUsd)) return;
    const committed = await this.db.withTenantSql(() => this.spend.committed(operationId), tenantId);
    throw budgetExceeded(call, maxMicroUsd, committed);
  }
}
