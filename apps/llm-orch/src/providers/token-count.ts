import { decode, encode } from 'gpt-tokenizer/encoding/o200k_base';
import type { CompletionMessage } from './text-provider.js';

/** Chat framing per message in OpenAI's format, as its cookbook counts it. */
const FRAMING_TOKENS = 4;

/** User text may contain `<|endoftext|>` and the like: plain characters to us, not control tokens. */
const AS_PLAIN_TEXT = { disallowedSpecial: new Set<string>() };

/** Tokens of `text` in o200k_base; an estimate for models of other vendors. */
export function countTokens(text: string): number {
  return encode(text, AS_PLAIN_TEXT).length;
}

/** Tokens of a whole prompt including the chat framing. */
export function countMessageTokens(messages: readonly CompletionMessage[]): number {
  return messages.reduce((sum, message) => sum + countTokens(message.content) + FRAMING_TOKENS, 0);
}

/** The longest beginning of `text` of at most `maxTokens` tokens, never ending inside a character. */
export function cutToTokens(text: string, maxTokens: number): string {
  const tokens = encode(text, AS_PLAIN_TEXT);
  if (tokens.length <= maxTokens) return text;
  return decode(tokens.slice(0, maxTokens)).replace(/\uFFFD+$/, '');
}
