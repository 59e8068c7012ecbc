import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { budgetCeilingMicroUsd } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import { completionCredits, Credits, holdForCompletion } from '@eventzr/wallet-client';
import { LlmOrchConfig } from '../config.js';
import type { LlmOrchTx } from '../llm-orch.db.js';
import type { CompletionMessage } from '../providers/text-provider.js';
import type { CompletionPlan, CompletionWish } from './completion-plan.js';
import { assertAffordable, CompletionPlanner } from './completion-planner.js';
import { CompletionRunner } from './completion-runner.js';
import type { CompleteRequest } from './inference.dto.js';
import { InferenceRecords } from './inference-records.js';

/** The operation's name in the price table and on the ledger. */
export const COMPLETE_OPERATION = 'inference.complete';

interface PaidWork<T> {
  readonly outputTokens: number;
  /** Written in the transaction that settles. */
  record(tx: LlmOrchTx, chargedCredits: number): Promise<T>;
}

/** Holds before the work, charges what it produced, gives everything back when it fails. */
@Injectable()
export class CompletionPayment {
  constructor(
    private readonly credits: Credits,
    private readonly operations: Operations<LlmOrchTx>,
    private readonly clock: Clock,
  ) {}

  async around<T>(
    { wish }: CompletionPlan,
    ceilingMicroUsd: number | undefined,
    timeoutMs: number,
    work: (operation: { operationId: string; credits: number }, deadline: Date) => Promise<PaidWork<T>>,
  ) {
    const deadline = new Date(this.clock.now().getTime() + timeoutMs);
    const ceiling = ceilingMicroUsd === undefined ? {} : { ceilingMicroUsd };
    const operation = await this.credits.open({
      operation: COMPLETE_OPERATION,
      credits: holdForCompletion(wish.maxTokens),
      deadline,
      ...ceiling,
    });
    try {
      const done = await work(operation, deadline);
      return await this.operations.finish(async (tx) => {
        const charged = Math.min(operation.credits, completionCredits(done.outputTokens));
        const answer = await done.record(tx, charged);
        await this.credits.settle(tx, operation, { capture: charged });
        return answer;
      });
    } catch (error) {
      await this.credits.release(operation);
      throw error;
    }
  }
}

/** A priced completion: bound, hold, answer, settlement. */
@Injectable()
export class InferenceService {
  constructor(
    private readonly planner: CompletionPlanner,
    private readonly runner: CompletionRunner,
    private readonly records: InferenceRecords,
    private readonly payment: CompletionPayment,
    private readonly config: LlmOrchConfig,
  ) {}

  async complete(request: CompleteRequest) {
    const plan = this.planner.plan(wishOf(request));
    const ceilingMicroUsd = budgetCeilingMicroUsd();
    assertAffordable(plan, ceilingMicroUsd);
    return this.payment.around(
      plan,
      ceilingMicroUsd,
      this.config.inferenceTimeoutMs,
      async (operation, deadline) => {
        const run = await this.runner.run(plan, {
          deadline,
          ceiling:
            ceilingMicroUsd === undefined
              ? undefined
              : { operationId: operation.operationId, maxMicroUsd: ceilingMicroUsd },
          idempotencyKey: operation.operationId,
        });
        return {
          outputTokens: run.completion.usage.outputTokens,
          record: (tx, charged) =>
            this.records.write(tx, plan, run, {
              operationId: operation.operationId,
              held: operation.credits,
              charged,
            }),
        };
      },
    );
  }
}

/** The one prompt as the messages that a provider is sent. */
export function wishOf({ prompt, system, ...rest }: CompleteRequest): CompletionWish {
  const messages: CompletionMessage[] = [{ role: 'user', content: prompt }];
  return {
    ...rest,
    messages: system === undefined ? messages : [{ role: 'system', content: system }, ...messages],
  };
}
