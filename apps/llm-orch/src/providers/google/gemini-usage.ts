import type { CompletionUsage } from '../completion.js';
import { count, list, record } from '../wire/json-shapes.js';
import { TokenShare } from '../wire/token-share.js';

/**
 * Usage in this wire format, where `promptTokenCount` contains the cached ones and `candidatesTokenCount` does not
 * contain the thoughts, which are billed as output all the same. Undefined: not a usage.
 */
export function usageOf(value: unknown): CompletionUsage | undefined {
  const raw = record(value);
  const prompt = count(raw?.['promptTokenCount']);
  if (prompt === undefined) return undefined;
  const input = new TokenShare(prompt);
  const cachedTokens = input.take(raw?.['cachedContentTokenCount']);
  const audioInputTokens = input.take(freshOf('AUDIO', raw));
  const imageInputTokens = input.take(freshOf('IMAGE', raw));
  const reasoningTokens = count(raw?.['thoughtsTokenCount']) ?? 0;
  return {
    inputTokens: input.left + (count(raw?.['toolUsePromptTokenCount']) ?? 0),
    cachedTokens,
    ...(audioInputTokens === 0 ? {} : { audioInputTokens }),
    ...(imageInputTokens === 0 ? {} : { imageInputTokens }),
    outputTokens: count(raw?.['candidatesTokenCount']) ?? 0,
    ...(reasoningTokens === 0 ? {} : { reasoningTokens }),
    source: 'provider',
  };
}

/** Tokens of a modality that did not come from the cache: its details tell the whole of either. */
function freshOf(modality: string, raw: Record<string, unknown> | undefined): number {
  const asked = tokensOf(modality, raw?.['promptTokensDetails']);
  return Math.max(0, asked - tokensOf(modality, raw?.['cacheTokensDetails']));
}

function tokensOf(modality: string, details: unknown): number {
  const ofIt = (list(details) ?? []).map(record).filter((detail) => detail?.['modality'] === modality);
  return ofIt.reduce((sum, detail) => sum + (count(detail?.['tokenCount']) ?? 0), 0);
}
