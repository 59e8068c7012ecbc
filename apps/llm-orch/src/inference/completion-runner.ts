import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger, currentContext, HttpErrors } from '@eventzr/http';
import { LlmErrors } from '../llm-orch.errors.js';
import { costMicroUsd } from '../providers/prices.js';
import type { Completion } from '../providers/text-provider.js';
import { ProviderFault } from '../providers/text-provider.js';
import type { CompletionPlan } from './completion-plan.js';
import type { Attempt } from './inference.dto.js';
import { OperationSpend } from './operation-spend.js';
import type { SpendCeiling } from './operation-spend.js';

const MOST_ATTEMPTS = 2;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;

/** An answer with what it took to get it. */
export interface CompletionRun {
  readonly completion: Completion;
  readonly costMicroUsd: number;
  readonly attempts: readonly Attempt[];
  readonly latencyMs: number;
  /** Given before, and nobody was asked. */
  readonly cached?: true;
}

export interface RunLimits {
  readonly deadline: Date;
  readonly ceiling: SpendCeiling | undefined;
  readonly idempotencyKey: string;
}

/** Kinds of failure that may pass by themselves. */
const MAY_PASS = new Set(['rate_limited', 'overloaded', 'transport']);

/** Asks the provider under one deadline, one ceiling and one budget of attempts. */
@Injectable()
export class CompletionRunner {
  constructor(
    private readonly clock: Clock,
    private readonly spend: OperationSpend,
    private readonly logger: AppLogger,
  ) {}

  /** @throws PROVIDER_ERROR 502, INFERENCE_TIMEOUT 504, CONTEXT_OVERFLOW 400, REFUSED 422, BUDGET_EXCEEDED 402 */
  async run(plan: CompletionPlan, limits: RunLimits): Promise<CompletionRun> {
    const startedAt = this.clock.now().getTime();
    const signal = this.signalFor(limits.deadline);
    const attempts: Attempt[] = [];
    for (;;) {
      await this.spend.commit(plan, limits.ceiling);
      const attemptedAt = this.clock.now().getTime();
      const note = (outcome: string) =>
        attempts.push({
          provider: plan.provider.name,
          model: plan.model,
          outcome,
          latencyMs: this.clock.now().getTime() - attemptedAt,
        });
      try {
        const completion = await plan.provider.complete(requestOf(plan, limits.idempotencyKey), signal);
        note('answered');
        const cost = plan.price === undefined ? 0 : costMicroUsd(completion.usage, plan.price);
        await this.spend.settle(plan, limits.ceiling, cost);
        const latencyMs = this.clock.now().getTime() - startedAt;
        return { completion, costMicroUsd: cost, attempts, latencyMs };
      } catch (error) {
        const fault = error instanceof ProviderFault ? error : undefined;
        const kind = fault?.kind ?? (signal.aborted ? 'timeout' : undefined);
        note(kind ?? 'failed');
        const notExecuted = fault?.executed === 'no';
        if (notExecuted) await this.spend.settle(plan, limits.ceiling, 0);
        const again =
          attempts.length < MOST_ATTEMPTS && notExecuted && MAY_PASS.has(kind ?? '') && !signal.aborted;
        if (!again) throw this.explain(error, kind, attempts);
        await pause(error, signal);
      }
    }
  }

  private signalFor(deadline: Date): AbortSignal {
    const limit = AbortSignal.timeout(Math.max(0, deadline.getTime() - this.clock.now().getTime()));
    const caller = currentContext()?.signal;
    return caller === undefined ? limit : AbortSignal.any([limit, caller]);
  }

  private explain(error: unknown, kind: string | undefined, attempts: readonly Attempt[]): Error {
    if (kind === undefined) return error instanceof Error ? error : new Error(String(error));
    if (currentContext()?.signal.aborted === true) this.logger.info({ attempts }, 'the caller went away');
    else this.logger.warn({ err: error, attempts }, 'a completion failed');
    const options = { cause: error };
    if (kind === 'timeout') return LlmErrors.INFERENCE_TIMEOUT({ attempts }, options);
    if (kind === 'context_length') return LlmErrors.CONTEXT_OVERFLOW(null, options);
    if (kind === 'content_filter') return LlmErrors.REFUSED(null, options);
    if (kind === 'rate_limited')
      return HttpErrors.UNAVAILABLE({ attempts }, { ...options, retryAfterSeconds: waitSeconds(error) });
    return LlmErrors.PROVIDER_ERROR({ attempts }, options);
  }
}

function requestOf({ wish, model }: CompletionPlan, idempotencyKey: string) {
  const { provider: _chosen, model: _resolved, cache: _use, cacheMinSimilarity: _bar, ...rest } = wish;
  return { ...rest, model, idempotencyKey };
}

/** Waits as long as the provider asked, within bounds, or a short moment with jitter. */
async function pause(error: unknown, signal: AbortSignal): Promise<void> {
  const wished = error instanceof ProviderFault ? (error.retryAfterMs ?? 0) : 0;
  const ms = Math.min(LONGEST_DELAY_MS, Math.max(wished, FIRST_DELAY_MS * (0.5 + Math.random())));
  await delay(ms, undefined, { signal }).catch(() => undefined);
}

function waitSeconds(error: unknown): number {
  const ms = error instanceof ProviderFault ? (error.retryAfterMs ?? 1_000) : 1_000;
  return Math.max(1, Math.ceil(ms / 1000));
}
