import { digitsByRule } from '../read/numbers.js';
import { CONTRACTIONS, COURTESY, SAME_PHRASES, SAME_WORD } from './spellings.js';

/** Numbers with their separators, foreign dollars, words with digits in them, and each sign that is no mere punctuation. */
const TOKEN =
  /(?<=^|\s)-\d(?:[\d.,:/-]*\d)?\p{L}*|\d(?:[\d.,:/-]*\d)?\p{L}*|\p{L}{1,3}\$|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}"'()[\]{}_-]/gu;
const ORDINAL = /^(\d+)(?:st|nd|rd|th)$/u;
const THOUSANDS = /^(\d+(?:\.\d+)?)k$/u;
const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u;

/** The text in one spelling: lower case, contractions and numbers written out, courtesies left out. */
export function plainText(text: string): string {
  const lower = digitsByRule(text.normalize('NFKC').toLowerCase());
  const spelled = rewritten(lower, CONTRACTIONS).replace(/\s+/gu, ' ').trim();
  const bare = COURTESY.reduce((said, phrase) => said.replace(phrase, ' ').trim(), spelled);
  return rewritten(bare, SAME_PHRASES);
}

function rewritten(text: string, rules: readonly (readonly [RegExp, string])[]): string {
  return rules.reduce((said, [form, replacement]) => said.replace(form, replacement), text);
}

/** The text's tokens, each as the one word that it counts as; punctuation stays a token of its own. */
export function wordsOf(text: string): string[] {
  return [...plainText(text).matchAll(TOKEN)].map(([token]) => canonical(token));
}

function canonical(token: string): string {
  return /^-?\d/u.test(token) ? canonicalNumber(token) : (SAME_WORD.get(token) ?? token);
}

/** `1,200`, `1200th` and `1.2k` are one number; other notations are kept as they are written. */
function canonicalNumber(token: string): string {
  const ordinal = ORDINAL.exec(token)?.[1];
  if (ordinal !== undefined) return ordinal;
  const thousands = THOUSANDS.exec(token)?.[1];
  if (thousands !== undefined) return String(Math.round(Number(thousands) * 1000));
  return GROUPED.test(token) ? token.replaceAll(',', '') : token;
}

/** The English singular where the plural is regular (Harman's weak stemmer, 1991). */
export function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s')) return word;
  if (word.endsWith('ies') && !/[ae]ies$/u.test(word)) return `${word.slice(0, -3)}y`;
  if (word.endsWith('es') && !/[aeo]es$/u.test(word)) return word.slice(0, -1);
  return /(?:us|ss|is|es)$/u.test(word) ? word : word.slice(0, -1);
}
