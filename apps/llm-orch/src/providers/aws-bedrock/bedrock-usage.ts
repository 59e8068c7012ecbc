import type { TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import type { CompletionUsage } from '../completion.js';
import { count } from '../wire/json-shapes.js';
import { TokenShare } from '../wire/token-share.js';

/** Usage of this vendor, where `inputTokens` contains nothing of the cache. Undefined: not a usage. */
export function usageOf(raw: TokenUsage | undefined): CompletionUsage | undefined {
  const inputTokens = count(raw?.inputTokens);
  const outputTokens = count(raw?.outputTokens);
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  const hour = (raw?.cacheDetails ?? [])
    .filter(({ ttl }) => ttl === '1h')
    .reduce((sum, { inputTokens: tokens }) => sum + (count(tokens) ?? 0), 0);
  const written = new TokenShare(count(raw?.cacheWriteInputTokens) ?? hour);
  const cacheWriteHourTokens = written.take(hour);
  return {
    inputTokens,
    cachedTokens: count(raw?.cacheReadInputTokens) ?? 0,
    ...(written.left === 0 ? {} : { cacheWriteTokens: written.left }),
    ...(cacheWriteHourTokens === 0 ? {} : { cacheWriteHourTokens }),
    outputTokens,
    source: 'provider',
  };
}
