import { inEnglish } from './translate.js';
import { IRREGULAR, NUMBER_WORDS } from './word-lists.js';

/** One word of the prompt. */
export interface Token {
  readonly word: string;
  readonly singular: string;
  /** True when a sentence or clause ends after it. */
  readonly last: boolean;
  /** True when the words around it ask to leave it out. */
  readonly negated: boolean;
}

/** The singular of an English noun, by rule; wrong guesses only cost a match. */
export function singular(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && /[^suix]s$/.test(word)) return word.slice(0, -1);
  return word;
}

/** The digits or number word, or undefined. Years and other large numbers are no counts. */
export function countOf(word: string): number | undefined {
  if (/^\d{1,3}$/.test(word)) return Number(word);
  return NUMBER_WORDS.get(word);
}

const NEGATORS = new Set(['no', 'without', 'not', 'excluding', 'except', 'minus', 'avoid', 'dont', 'never']);
const SCOPE_ENDS = new Set([
  'but',
  'with',
  'in',
  'on',
  'at',
  'only',
  'just',
  'under',
  'near',
  'featuring',
  'beside',
  'by',
  'during',
]);
const SCOPE_WORDS = 8;

/** English before marks are taken off: in Devanagari they are vowels. */
function clauses(text: string): string[][] {
  return inEnglish(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s\b/g, '')
    .replace(/['’]/g, '')
    .split(/[.,;:!?\n()[\]|]+/)
    .map((clause) => clause.split(/[^a-z0-9&#]+|#(?![0-9a-f]{6}(?![a-z0-9]))/).filter(Boolean))
    .filter((clause) => clause.length > 0);
}

/** "no people or cars and a dog" leaves the dog in: a new article after "and" ends the negation. */
function negations(words: readonly string[]): boolean[] {
  let left = 0;
  return words.map((word, index) => {
    if (NEGATORS.has(word)) {
      left = SCOPE_WORDS;
      return true;
    }
    const next = words[index + 1];
    const restarts = word === 'and' && next !== undefined && (countOf(next) !== undefined || next === 'the');
    if (restarts || SCOPE_ENDS.has(word)) left = 0;
    return left-- > 0;
  });
}

/** Splits a prompt into words and marks what it asks to leave out. */
export function tokenise(prompt: string): Token[] {
  return clauses(prompt).flatMap((words) => {
    const negated = negations(words);
    return words.map((word, index) => ({
      word,
      singular: singular(word),
      last: index === words.length - 1,
      negated: negated[index] ?? false,
    }));
  });
}

/** The text in the first pair of quotation marks, and the prompt without any quoted text. */
export function splitTitle(prompt: string): { title: string | undefined; rest: string } {
  const quoted =
    /"([^"]{1,120})"|“([^”]{1,120})”|«([^»]{1,120})»|(?<![\p{L}\d])'([^']{2,120})'(?![\p{L}\d])|(?<![\p{L}\d])‘([^’]{2,120})’/gu;
  const first = quoted.exec(prompt);
  const title = first
    ?.slice(1)
    .find((group) => group !== undefined)
    ?.replace(/\s+/g, ' ')
    .trim();
  return { title: title === '' ? undefined : title, rest: prompt.replace(quoted, ' , ') };
}
