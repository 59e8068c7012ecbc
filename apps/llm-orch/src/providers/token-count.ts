import { decode, encode } from 'gpt-tokenizer/encoding/o200k_base';
import type { CompletionMessage } from './text-provider.js';

/** Chat framing per message in OpenAI's format, as its cookbook counts it. */
const FRAMING_TOKENS = 4;

/** Plans and copy are shorter than this and are counted exactly. */
const WHOLE_CHARACTERS = 16_000;

/** User text may contain `<|endoftext|>` and the like: plain characters to us, not control tokens. */
const AS_PLAIN_TEXT = { disallowedSpecial: new Set<string>() };

/** Tokens of `text` in o200k_base; an estimate for models of other vendors. */
export function countTokens(text: string): number {
  return pieces(text).reduce((sum, piece) => sum + encode(piece, AS_PLAIN_TEXT).length, 0);
}

/**
 * Merging tokens takes quadratic time on one long run of the same character, so long texts are counted in pieces:
 * at most one token too many per piece, never one too few.
 */
function pieces(text: string): readonly string[] {
  return text.length <= WHOLE_CHARACTERS ? [text] : (text.match(/[\s\S]{1,1000}/gu) ?? []);
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
