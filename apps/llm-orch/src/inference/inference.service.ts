import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { budgetCeilingMicroUsd, reply } from '@eventzr/http';
import type { Reply } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import { completionCredits, Credits, holdForCompletion } from '@eventzr/wallet-client';
import { cacheHeaders } from '../cache/cache-headers.js';
import { CompletionCache } from '../cache/completion-cache.js';
import type { CacheLookup } from '../cache/completion-cache.js';
import { LlmOrchConfig } from '../config.js';
import type { LlmOrchTx } from '../llm-orch.db.js';
import type { CompletionMessage } from '../providers/text-provider.js';
import type { CompletionPlan, CompletionWish } from './completion-plan.js';
import { assertAffordable, CompletionPlanner } from './completion-planner.js';
import { CompletionRunner } from './completion-runner.js';
import type { CompletionRun, RunLimits } from './completion-runner.js';
import type { CompleteRequest } from './inference.dto.js';
import { InferenceRecords } from './inference-records.js';

/** The operation's name in the price table and on the ledger. */
export const COMPLETE_OPERATION = 'inference.complete';

interface PaidWork<T> {
  readonly outputTokens: number;
  /** Written in the transaction that settles. */
  record(tx: LlmOrchTx, chargedCredits: number): Promise<T | Reply<T>>;
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

/** An answer from the cache where there is one, else from the provider. */
@Injectable()
export class CachedRunner {
  constructor(
    private readonly runner: CompletionRunner,
    private readonly cache: CompletionCache,
  ) {}

  async run(plan: CompletionPlan, limits: RunLimits): Promise<CompletionRun & { lookup: CacheLookup }> {
    const lookup = await this.cache.find(plan.wish, { provider: plan.provider.name, model: plan.model });
    if (lookup.completion !== undefined)
      return { completion: lookup.completion, costMicroUsd: 0, attempts: [], latencyMs: 0, cached: true, lookup };
    const run = await this.runner.run(plan, limits);
    await this.cache.store(lookup, run.completion);
    return { ...run, lookup };
  }
}

/** A priced completion: bound, hold, answer, settlement. */
@Injectable()
export class InferenceService {
  constructor(
    private readonly planner: CompletionPlanner,
    private readonly runner: CachedRunner,
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
        const { operationId, credits: held } = operation;
        return {
          outputTokens: run.completion.usage.outputTokens,
          record: async (tx, charged) =>
            reply(await this.records.write(tx, plan, run, { operationId, held, charged }), {
              headers: cacheHeaders(run.lookup),
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
