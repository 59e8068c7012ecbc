import type { TokenBuckets } from '../providers/completion.js';

/** All output of a usage, whichever bucket it is billed in. */
export function outputTokensOf(usage: TokenBuckets): number {
  return usage.outputTokens + (usage.reasoningTokens ?? 0) + (usage.audioOutputTokens ?? 0);
}
