import { assertCount, clamp } from './counts.js';

/** Upper bounds of the completion price steps, in tokens, and what each step costs. */
export const COMPLETION_STEPS = [
  { tokens: 256, credits: 5 },
  { tokens: 512, credits: 10 },
  { tokens: 1_024, credits: 15 },
  { tokens: 2_048, credits: 20 },
  { tokens: Number.POSITIVE_INFINITY, credits: 25 },
] as const;

export const DEFAULT_MAX_TOKENS = 1_024;
export const HIGHEST_MAX_TOKENS = 8_192;

/** What a completion costs that produced `tokens` output tokens: at least 5, a cache hit (0 produced) too. */
export function completionCredits(tokens: number): number {
  assertCount('tokens', tokens);
  return COMPLETION_STEPS.find((step) => tokens <= step.tokens)?.credits ?? 25;
}

/** What is held for a completion before it runs: the price of producing everything it may. */
export function holdForCompletion(maxTokens: number = DEFAULT_MAX_TOKENS): number {
  assertCount('maxTokens', maxTokens, 1);
  return completionCredits(clamp(maxTokens, 1, HIGHEST_MAX_TOKENS));
}

/** What an answer from the response cache costs. */
export const CACHE_HIT_CREDITS = 5;

/** One credit per ten inputs, rounded up. */
export function embeddingCredits(inputs: number): number {
  assertCount('inputs', inputs, 1);
  return Math.ceil(inputs / 10);
}

export const RERANK_CREDITS = 2;
export const MODERATION_CREDITS = 0;

/** What is held for, and at most charged for, three models asked together. */
export const ZAR_CREDITS = 60;

/**
 * What a zar orchestration costs by how many of its members answered: two or three the full price, one (degraded) the
 * price of a single completion, none nothing.
 * @param tokens what the one member produced; only read when one answered
 */
export function zarCredits(answered: number, tokens: number): number {
  assertCount('answered', answered);
  if (answered >= 2) return ZAR_CREDITS;
  return answered === 1 ? completionCredits(tokens) : 0;
}
