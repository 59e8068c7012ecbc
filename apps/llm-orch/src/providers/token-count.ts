import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import type { CompletionMessage } from './text-provider.js';

/** Chat framing per message in OpenAI's format, as its cookbook counts it. */
const FRAMING_TOKENS = 4;

/** Merging takes time with the square of a word's length; no word of any language is longer than this. */
const LONGEST_RUN = 256;
/** A run this long may be one word to the tokenizer: letters, signs or white space without a break. */
const MAY_BE_LONG = /\S{257}|\s{257}/;
const RUNS = /[\p{L}\p{M}]+|[^\s\p{L}\p{N}]+|\s+/gu;

/** User text may contain `<|endoftext|>` and the like: plain characters to us, not control tokens. */
const AS_PLAIN_TEXT = { disallowedSpecial: new Set<string>() };

/** Tokens of `text` in o200k_base, exact but for runs of hundreds of characters; an estimate for other vendors' models. */
export function countTokens(text: string): number {
  return pieces(text).reduce((sum, piece) => sum + encode(piece, AS_PLAIN_TEXT).length, 0);
}

/** The text cut inside overlong runs alone, where it costs at most a token or two a cut. */
function pieces(text: string): readonly string[] {
  if (!MAY_BE_LONG.test(text)) return [text];
  const cuts = [0];
  for (const { 0: run, index } of text.matchAll(RUNS)) {
    for (let at = LONGEST_RUN; at < run.length; at += LONGEST_RUN) {
      cuts.push(startOfCharacter(text, index + at));
    }
  }
  return cuts.map((cut, index) => text.slice(cut, cuts[index + 1]));
}

/** `at`, or one less where that would part the halves of a surrogate pair. */
function startOfCharacter(text: string, at: number): number {
  const isSecondHalf = /[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 1));
  return isSecondHalf ? at - 1 : at;
}

/** The first `most` characters, never half of one. */
export function beginningOf(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, startOfCharacter(text, most));
}

/** Tokens of a whole prompt including the chat framing. */
export function countMessageTokens(messages: readonly CompletionMessage[]): number {
  return messages.reduce((sum, message) => sum + countTokens(message.content) + FRAMING_TOKENS, 0);
}
