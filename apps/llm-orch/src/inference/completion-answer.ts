import { currentPrincipal } from '@eventzr/http';
import { PRICE_VERSION } from '../providers/price-table.js';
import type { TokenBuckets } from '../providers/completion.js';
import type { UsageRecord } from '../usage/usage-record.js';
import type { Account } from './account.js';
import type { CompletionPlan } from './completion-plan.js';
import type { CompletionRun } from './completion-runner.js';
import type { CompletionAnswer, Usage } from './completion-answer.dto.js';
import type { StreamEnd } from './open-stream.js';

const MICROS_PER_USD = 1_000_000;

/** A completion that is over, as it is answered and recorded. */
export interface EndedCompletion {
  readonly id: string;
  readonly plan: CompletionPlan;
  readonly run: Omit<CompletionRun, 'hold'>;
  readonly account: Account;
  readonly charged: number;
  /** Absent: it was not streamed. */
  readonly end?: StreamEnd;
}

/** What the caller is shown. */
export function answerOf({ id, plan, run, account, charged, end }: EndedCompletion): CompletionAnswer {
  const { text, toolCalls, model, finishReason, usage, limits } = run.completion;
  return {
    id,
    text,
    ...(toolCalls === undefined ? {} : { toolCalls: [...toolCalls] }),
    model,
    provider: run.target.provider.name,
    ...(plan.requestedProvider === undefined ? {} : { requestedProvider: plan.requestedProvider }),
    useCase: plan.wish.useCase ?? 'general',
    finishReason: endedAs(end) ?? finishReason,
    usage: usageView({ ...usage, source: usage.source }),
    costUsd: run.costMicroUsd / MICROS_PER_USD,
    credits: { held: account.held, charged },
    cached: run.cached === true,
    latencyMs: Math.round(run.latencyMs),
    attempts: run.attempts.map((attempt) => ({ ...attempt })),
    ...(limits.length === 0 ? {} : { limits: [...limits] }),
  };
}

/** What is kept of it: neither prompt nor answer. */
export function recordOf({ id, plan, run, account, charged, end }: EndedCompletion, at: Date): UsageRecord {
  const { tenantId, userId } = currentPrincipal();
  const { usage, model, finishReason } = run.completion;
  const { inputTokens, outputTokens, cachedTokens } = usageView(usage);
  return {
    tenantId,
    id,
    userId,
    operationId: account.operationId,
    parentOperationId: account.parentOperationId ?? null,
    provider: run.target.provider.name,
    requestedProvider: plan.requestedProvider ?? null,
    model,
    useCase: plan.wish.useCase ?? 'general',
    inputTokens,
    outputTokens,
    cachedTokens,
    cacheWriteTokens: (usage.cacheWriteTokens ?? 0) + (usage.cacheWriteHourTokens ?? 0),
    reasoningTokens: usage.reasoningTokens ?? 0,
    usageSource: usage.source,
    costMicroUsd: BigInt(run.costMicroUsd),
    priceVersion: PRICE_VERSION,
    creditsHeld: account.held,
    creditsCharged: charged,
    finishReason: endedAs(end) ?? finishReason,
    latencyMs: Math.round(run.latencyMs),
    attempts: run.attempts.length,
    streamed: end !== undefined,
    cached: run.cached === true,
    createdAt: at,
  };
}

/** Usage as callers are shown it: all input but what was read from a cache, all output. */
export function usageView(usage: TokenBuckets & { readonly source: Usage['source'] }): Usage {
  const { cachedTokens, reasoningTokens = 0, audioOutputTokens = 0, source } = usage;
  const {
    cacheWriteTokens = 0,
    cacheWriteHourTokens = 0,
    audioInputTokens = 0,
    imageInputTokens = 0,
  } = usage;
  const inputTokens =
    usage.inputTokens + cacheWriteTokens + cacheWriteHourTokens + audioInputTokens + imageInputTokens;
  const outputTokens = usage.outputTokens + reasoningTokens + audioOutputTokens;
  const totalTokens = inputTokens + cachedTokens + outputTokens;
  return {
    inputTokens,
    outputTokens,
    cachedTokens,
    totalTokens,
    ...(reasoningTokens === 0 ? {} : { reasoningTokens }),
    source,
  };
}

function endedAs(end: StreamEnd | undefined) {
  if (end === 'budget') return 'budget';
  if (end === 'cancelled') return 'cancelled';
  return end === 'broken' ? 'error' : undefined;
}
