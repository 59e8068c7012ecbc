import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { budgetCeilingMicroUsd, currentContext, runInContext } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import { completionCredits, Credits, holdForCompletion } from '@eventzr/wallet-client';
import { assertAffordable } from '../budgets/budget-errors.js';
import { LlmOrchConfig } from '../config.js';
import type { Account } from './account.js';
import type { CompletionPlan } from './completion-plan.js';

/** Completions that the caller pays for: credits are held before the work, what was produced is charged. */
@Injectable()
export class CompletionPayment {
  constructor(
    private readonly credits: Credits,
    private readonly operations: Operations,
    private readonly clock: Clock,
    private readonly config: LlmOrchConfig,
  ) {}

  /**
   * @param operation as the price table names it
   * @throws BUDGET_EXCEEDED 402, PRICE_UNKNOWN 400, INSUFFICIENT_CREDITS 402, UNAVAILABLE 503: nothing is held
   */
  async open(plan: CompletionPlan, operation: string): Promise<Account> {
    const maxMicroUsd = budgetCeilingMicroUsd();
    assertAffordable(plan, maxMicroUsd);
    const deadline = new Date(this.clock.now().getTime() + this.config.inferenceTimeoutMs);
    const open = await this.credits.open({
      operation,
      credits: holdForCompletion(plan.wish.maxTokens),
      deadline,
      ...(maxMicroUsd === undefined ? {} : { ceilingMicroUsd: maxMicroUsd }),
    });
    const { operationId, credits: held } = open;
    const context = currentContext();
    return {
      operationId,
      held,
      deadline,
      ceiling: maxMicroUsd === undefined ? undefined : { operationId, maxMicroUsd },
      charge: (outputTokens) => Math.min(held, completionCredits(outputTokens)),
      finish: (charged, work) =>
        this.operations.finishSql(async (tx) => {
          const answer = await work(tx);
          await this.credits.settle(tx, open, { capture: charged });
          return answer;
        }),
      // A caller that went away takes its context with it, and the hold is released in the caller's name.
      giveBack: () =>
        context === undefined
          ? this.credits.release(open)
          : runInContext(context, () => this.credits.release(open)),
    };
  }
}
