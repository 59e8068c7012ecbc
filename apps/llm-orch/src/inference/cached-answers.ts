import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import type { StreamEvent } from '@eventzr/http';
import { currentPrincipal, reply } from '@eventzr/http';
import type { Finished } from '@eventzr/idempotency';
import { cacheHeaders } from '../cache/cache-headers.js';
import { CompletionCache } from '../cache/completion-cache.js';
import { UsageLog } from '../usage/usage-log.js';
import type { Account } from './account.js';
import type { AnswerFormat } from './answer-format.js';
import { startOfAnswer } from './answer-format.js';
import type { EndedCompletion } from './completion-answer.js';
import { answerOf, recordOf } from './completion-answer.js';
import type { LlmCacheHit } from '../llm-orch.events.js';
import type { CachePlan, CompletionPlan } from './completion-plan.js';

/** Answers that were given before: nobody is asked, so nothing can fail but the payment. */
@Injectable()
export class CachedAnswers {
  constructor(
    private readonly cache: CompletionCache,
    private readonly usage: UsageLog,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** What the cache knows about a plan, and where its answer goes when it knows nothing. Never throws. */
  async look({ wish, provider, model }: CompletionPlan): Promise<CachePlan> {
    const { provider: _chosen, model: _named, ...cacheable } = wish;
    const lookup = await this.cache.find(cacheable, { provider: provider.name, model });
    return {
      lookup,
      headers: cacheHeaders(lookup),
      keep: async ({ completion, target }) => {
        // What a fallback wrote is not the answer of the model that was asked for.
        if (target.provider.name === provider.name && target.model === model)
          await this.cache.store(lookup, completion);
      },
    };
  }

  async complete(plan: CompletionPlan, account: Account, format: AnswerFormat): Promise<Finished<object>> {
    const ended = this.ended(plan, account);
    try {
      const answer = reply(format.whole(answerOf(ended)), { headers: plan.cache?.headers });
      return await this.settle(plan, ended, account, answer);
    } catch (error) {
      await account.giveBack();
      throw error;
    }
  }

  /** The same as events. It is whole and paid for before the first one. */
  async *stream(plan: CompletionPlan, account: Account, format: AnswerFormat): AsyncGenerator<StreamEvent> {
    const ended = this.ended(plan, account, 'finished');
    const answer = answerOf(ended);
    try {
      await this.settle(plan, ended, account, format.whole(answer));
    } catch (error) {
      await account.giveBack();
      throw error;
    }
    const start = startOfAnswer(answer);
    yield* format.start(start);
    yield format.delta({ type: 'delta', text: answer.text }, start);
    yield* format.done(answer);
  }

  private async settle<T>(plan: CompletionPlan, ended: EndedCompletion, account: Account, answer: T) {
    const finished = await account.finish(ended.charged, async (tx) => {
      const data = hitOf(plan);
      await this.outbox.append(tx, {
        type: 'eventzr.llm.semantic-cache.hit.v1',
        aggregateId: ended.id,
        tenantId: data.tenantId,
        data,
      });
      return answer;
    });
    await this.usage.add(recordOf(ended, this.clock.now()));
    return finished;
  }

  private ended(plan: CompletionPlan, account: Account, end?: 'finished'): EndedCompletion {
    const completion = plan.cache?.lookup.completion;
    if (completion === undefined) throw new Error('Only a hit can be answered from the cache');
    const run = {
      completion,
      target: plan,
      costMicroUsd: 0,
      attempts: [],
      latencyMs: 0,
      cached: true,
    } as const;
    return {
      id: newId(this.clock),
      plan,
      run,
      account,
      charged: account.charge(0),
      ...(end === undefined ? {} : { end }),
    };
  }
}

function hitOf({ provider, model, wish, cache }: CompletionPlan): LlmCacheHit {
  const { tenantId, userId } = currentPrincipal();
  const { outcome, similarity = 1 } = cache?.lookup ?? {};
  return {
    tenantId,
    userId,
    provider: provider.name,
    model,
    useCase: wish.useCase ?? 'general',
    match: outcome === 'HIT-exact' ? 'exact' : 'semantic',
    similarity,
  };
}
