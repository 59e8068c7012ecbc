import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Operations } from '@eventzr/idempotency';
import { ParentHolds, parentOperation } from '@eventzr/wallet-client';
import { assertAffordable } from '../budgets/budget-errors.js';
import { LlmOrchConfig } from '../config.js';
import { LlmErrors } from '../llm-orch.errors.js';
import type { Account } from './account.js';
import type { CompletionPlan } from './completion-plan.js';

/** Completions inside another service's operation: that one holds the credits, this one only reports what it cost. */
@Injectable()
export class ChildOperations {
  constructor(
    private readonly holds: ParentHolds,
    private readonly operations: Operations,
    private readonly clock: Clock,
    private readonly config: LlmOrchConfig,
  ) {}

  /** @throws PARENT_NOT_OPEN 409 when the hold is not open, not this user's, or not the calling service's; BUDGET_EXCEEDED 402 */
  async open(plan: CompletionPlan): Promise<Account> {
    const { operationId, holdId, maxMicroUsd } = parentOperation();
    assertAffordable(plan, maxMicroUsd);
    if (!(await this.holds.isOpenForCaller(holdId))) throw LlmErrors.PARENT_NOT_OPEN();
    return {
      operationId: this.operations.current().operationId,
      parentOperationId: operationId,
      held: 0,
      deadline: new Date(this.clock.now().getTime() + this.config.inferenceTimeoutMs),
      ceiling: { operationId, maxMicroUsd },
      charge: () => 0,
      finish: (_charged, work) => this.operations.finishSql(work),
      giveBack: () => Promise.resolve(),
    };
  }
}
