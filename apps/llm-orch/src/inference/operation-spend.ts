import { Injectable } from '@nestjs/common';
import { AppLogger, currentPrincipal } from '@eventzr/http';
import { LlmOrchDb } from '../llm-orch.db.js';
import type { CompletionPlan } from './completion-plan.js';
import { assertAffordable, budgetExceeded } from './completion-planner.js';
import { OperationSpendRepository } from './operation-spend.repository.js';

/** The most that one operation may cost, whoever works for it and however often it is tried. */
export interface SpendCeiling {
  /** The operation that pays: the parent's, where there is one. */
  readonly operationId: string;
  readonly maxMicroUsd: number;
}

/**
 * Keeps an operation under its ceiling over all attempts, repeated requests and children: an attempt is counted at its
 * bound before it starts, and at its cost once that is known.
 */
@Injectable()
export class OperationSpend {
  constructor(
    private readonly db: LlmOrchDb,
    private readonly spend: OperationSpendRepository,
    private readonly logger: AppLogger,
  ) {}

  /** @throws BUDGET_EXCEEDED 402, PRICE_UNKNOWN 400: the attempt must not start */
  async commit(plan: CompletionPlan, ceiling: SpendCeiling | undefined): Promise<void> {
    if (ceiling === undefined) return;
    const { operationId, maxMicroUsd } = ceiling;
    assertAffordable(plan, maxMicroUsd);
    const { tenantId } = currentPrincipal();
    const committed = await this.db.withTenant(async (tx) => {
      if (await this.spend.commit(tx, tenantId, operationId, plan.boundMicroUsd, maxMicroUsd))
        return undefined;
      return this.spend.committed(tx, operationId);
    });
    if (committed !== undefined) throw budgetExceeded(plan, maxMicroUsd, committed);
  }

  /** Replaces an attempt's bound by what it cost. An attempt that may have been billed stays at its bound. */
  async settle(plan: CompletionPlan, ceiling: SpendCeiling | undefined, costMicroUsd: number): Promise<void> {
    if (ceiling === undefined) return;
    const { operationId } = ceiling;
    await this.db
      .withTenant((tx) => this.spend.giveBack(tx, operationId, plan.boundMicroUsd - costMicroUsd))
      // The outcome is known and must not be lost: the bound stays counted, so that the ceiling still holds.
      .catch((error: unknown) =>
        this.logger.warn({ err: error, operationId }, 'an attempt stays counted at its bound'),
      );
  }
}
