import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { currentContext } from '@eventzr/http';
import type { AttemptHold, SpendCeiling } from '../budgets/attempt-ledger.js';
import type { Completion } from '../providers/completion.js';
import { costMicroUsd } from '../providers/prices.js';
import { TimeLimit } from '../providers/time-limit.js';
import type { AttemptNote } from '../routing/attempt.js';
import type { AttemptLimits, Won } from '../routing/attempts.js';
import { Attempts } from '../routing/attempts.js';
import { TenantSlots } from '../routing/tenant-slots.js';
import type { CompletionPlan, CompletionTarget } from './completion-plan.js';
import { OpenStream } from './open-stream.js';

/** An answer with what it took to get it; its hold is settled by the transaction that ends the operation. */
export interface CompletionRun {
  readonly completion: Completion;
  readonly target: CompletionTarget;
  readonly hold: AttemptHold;
  readonly costMicroUsd: number;
  readonly attempts: readonly AttemptNote[];
  readonly latencyMs: number;
  /** Given before, and nobody was asked. */
  readonly cached?: true;
}

export interface RunLimits {
  readonly deadline: Date;
  readonly ceiling: SpendCeiling | undefined;
  readonly idempotencyKey: string;
}

/** Gets the answer to a plan, whole or as a stream. */
@Injectable()
export class CompletionRunner {
  constructor(
    private readonly attempts: Attempts,
    private readonly slots: TenantSlots,
    private readonly clock: Clock,
  ) {}

  /** @throws what {@link Attempts.first} throws, RATE_LIMITED 429 */
  async run(plan: CompletionPlan, limits: RunLimits): Promise<CompletionRun> {
    const startedMs = this.clock.now().getTime();
    const { own, free } = await this.begin(limits);
    try {
      const won = await this.attempts.first(
        plan,
        own,
        (target, signal) => target.provider.complete(requestOf(plan, target, limits), signal),
        () => undefined,
      );
      const { value: completion, target, hold, attempts } = won;
      won.call.succeeded();
      const latencyMs = this.clock.now().getTime() - startedMs;
      return { completion, target, hold, attempts, latencyMs, costMicroUsd: costOf(completion, won) };
    } finally {
      free();
    }
  }

  /** The same as a stream, of which something visible has come. Whoever gets it ends it. */
  async open(plan: CompletionPlan, limits: RunLimits): Promise<OpenStream> {
    const startedMs = this.clock.now().getTime();
    const { own, free } = await this.begin(limits);
    try {
      const won = await this.attempts.first(
        plan,
        own,
        (target, signal) => OpenStream.begin(target.provider.stream(requestOf(plan, target, limits), signal)),
        (source) => source.leave(),
      );
      return new OpenStream({ won, plan, free, startedMs, clock: this.clock });
    } catch (error) {
      free();
      throw error;
    }
  }

  /** Waits for a slot; the time runs from here on, until `free` is called. */
  private async begin({ deadline, ceiling }: RunLimits): Promise<{ own: AttemptLimits; free: () => void }> {
    const caller = currentContext()?.signal;
    const limit = new TimeLimit(deadline.getTime() - this.clock.now().getTime(), caller);
    try {
      const leave = await this.slots.take(limit.signal);
      const free = (): void => {
        limit.end();
        leave();
      };
      return { own: { deadline, ceiling, caller, limit: limit.signal }, free };
    } catch (error) {
      limit.end();
      throw error;
    }
  }
}

function requestOf({ wish }: CompletionPlan, { model }: CompletionTarget, { idempotencyKey }: RunLimits) {
  const { provider: _chosen, model: _resolved, cache: _use, cacheMinSimilarity: _bar, ...rest } = wish;
  return { ...rest, model, idempotencyKey };
}

/** Never above the bound that was promised, should a vendor bill more than it was asked for. */
function costOf({ usage }: Completion, { target }: Pick<Won<unknown>, 'target'>): number {
  return target.price === undefined ? 0 : Math.min(target.boundMicroUsd, costMicroUsd(usage, target.price));
}
