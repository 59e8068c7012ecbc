import type { CompletionUsage } from '../completion.js';
import { count, record } from '../wire/json-shapes.js';
import { TokenShare } from '../wire/token-share.js';

/**
 * Usage in this wire format, where `prompt_tokens` contains the cached, cache-writing and audio ones and
 * `completion_tokens` the reasoning and audio ones; ours are disjoint. Undefined: not a usage.
 */
export function usageOf(value: unknown): CompletionUsage | undefined {
  const raw = record(value);
  const prompt = count(raw?.['prompt_tokens']);
  const completion = count(raw?.['completion_tokens']);
  if (prompt === undefined || completion === undefined) return undefined;
  const asked = record(raw?.['prompt_tokens_details']);
  const input = new TokenShare(prompt);
  const cachedTokens = input.take(asked?.['cached_tokens']);
  const cacheWriteTokens = input.take(asked?.['cache_write_tokens']);
  const audioInputTokens = input.take(asked?.['audio_tokens']);
  const written = record(raw?.['completion_tokens_details']);
  const output = new TokenShare(completion);
  const reasoningTokens = output.take(written?.['reasoning_tokens']);
  const audioOutputTokens = output.take(written?.['audio_tokens']);
  return {
    inputTokens: input.left,
    cachedTokens,
    ...(cacheWriteTokens === 0 ? {} : { cacheWriteTokens }),
    ...(audioInputTokens === 0 ? {} : { audioInputTokens }),
    outputTokens: output.left,
    ...(reasoningTokens === 0 ? {} : { reasoningTokens }),
    ...(audioOutputTokens === 0 ? {} : { audioOutputTokens }),
    source: 'provider',
  };
}
