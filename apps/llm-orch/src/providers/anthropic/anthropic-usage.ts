import type { CompletionUsage } from '../completion.js';
import { count, record } from '../wire/json-shapes.js';
import { TokenShare } from '../wire/token-share.js';

/**
 * Usage in this wire format, where `input_tokens` contains neither what was read from the cache nor what was written to
 * it, and `output_tokens` contains the thinking. Undefined: not a usage.
 */
export function usageOf(value: unknown): CompletionUsage | undefined {
  const raw = record(value);
  const inputTokens = count(raw?.['input_tokens']);
  const outputTokens = count(raw?.['output_tokens']);
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  const kept = record(raw?.['cache_creation']);
  const minutes = count(kept?.['ephemeral_5m_input_tokens']) ?? 0;
  const hour = count(kept?.['ephemeral_1h_input_tokens']) ?? 0;
  // The total may come without its parts, or with older ones: then the rest counts as kept for minutes.
  const written = new TokenShare(count(raw?.['cache_creation_input_tokens']) ?? minutes + hour);
  const cacheWriteHourTokens = written.take(hour);
  return {
    inputTokens,
    cachedTokens: count(raw?.['cache_read_input_tokens']) ?? 0,
    ...(written.left === 0 ? {} : { cacheWriteTokens: written.left }),
    ...(cacheWriteHourTokens === 0 ? {} : { cacheWriteHourTokens }),
    outputTokens,
    source: 'provider',
  };
}

/** Later figures are cumulative and replace earlier ones; what they leave out or null stands. */
export function newerUsage(
  older: Record<string, unknown>,
  newer: Record<string, unknown> | undefined,
): Record<string, unknown> {
  const told = Object.entries(newer ?? {}).filter(([, figure]) => figure !== null && figure !== undefined);
  return { ...older, ...Object.fromEntries(told) };
}
