import type { Prisma } from '../generated/prisma/client.js';
import type { LlmUsage } from '../llm-orch.events.js';

const MICROS_PER_USD = 1_000_000;

/** What is kept of one paid call. */
export type UsageRecord = Prisma.InferenceUncheckedCreateInput & { readonly costMicroUsd: bigint };

/** The same as others are told. */
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
