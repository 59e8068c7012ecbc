import { countTokens } from '../token-count.js';

/** An end of a sentence or line in the last two fifths of what fits is worth the words behind it. */
const WORTH_ENDING = 0.6;
const ENDING = /[.!?…](?=["”’)*]*(?:\s|$))["”’)*]*|\n/g;
const WORD = /\S+\s*/gu;

/**
 * The longest beginning of `text` within `maxTokens` that ends cleanly: with a sentence where one ends late enough,
 * else with a word, and inside a word only where not even the first one fits. Never inside a character.
 */
export function cutCleanly(text: string, maxTokens: number): string {
  if (countTokens(text) <= maxTokens) return text;
  const words = [...text.matchAll(WORD)].map(({ 0: word, index }) => index + word.trimEnd().length);
  const fitting = text.slice(0, lastFitting(text, words, maxTokens));
  if (fitting === '') return text.slice(0, lastFitting(text, characterEnds(text), maxTokens));
  const ends = [...fitting.matchAll(ENDING)].map(({ 0: mark, index }) => index + mark.length);
  const end = ends.at(-1) ?? 0;
  return (end >= fitting.length * WORTH_ENDING ? fitting.slice(0, end) : fitting).trimEnd();
}

/** The greatest of the ends up to which the text fits; 0 for none. A longer text may take a token less, so it steps back at last. */
function lastFitting(text: string, ends: readonly number[], maxTokens: number): number {
  const fits = (index: number) => countTokens(text.slice(0, ends[index])) <= maxTokens;
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle + 1;
    else high = middle;
  }
  let last = low - 1;
  while (last >= 0 && !fits(last)) last -= 1;
  return last < 0 ? 0 : (ends[last] ?? 0);
}

/** A cut word has at most some dozens of tokens of interest; more is never looked at. */
const MOST_CHARACTERS = 2_000;

function characterEnds(text: string): number[] {
  let at = 0;
  return [...text.slice(0, MOST_CHARACTERS)].map((character) => (at += character.length));
}
