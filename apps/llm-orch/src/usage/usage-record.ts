import type { LlmUsage } from '../llm-orch.events.js';
import type { UsageRecord } from './inferences.repository.js';

const MICROS_PER_USD = 1_000_000;

export type { UsageRecord } from './inferences.repository.js';

/** A record as others are told it. */
export function usageEvent(record: UsageRecord): LlmUsage {
  const { tenantId, userId, provider, model, useCase, inputTokens, outputTokens, cachedTokens } = record;
  return {
    tenantId,
    userId,
    provider,
    model,
    useCase,
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + outputTokens + cachedTokens,
    latencyMs: record.latencyMs,
    costUsd: Number(record.costMicroUsd) / MICROS_PER_USD,
    cached: record.cached ?? false,
  };
}
