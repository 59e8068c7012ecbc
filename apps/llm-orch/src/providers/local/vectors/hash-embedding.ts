import { singular, wordsOf } from '../words/words.js';

export const HASH_DIMENSIONS = 512;

const WEIGHT_OF_WORD = 1;
const WEIGHT_OF_PAIR = 0.5;
/** Of all three-letter pieces of a word together: they bring spellings and inflections near each other. */
const WEIGHT_OF_PIECES = 0.7;
/** Words that stand in every English text say little about this one. */
const COMMON_WORD = 0.2;
const COMMON = new Set(
  'a an the of to in on at for and or is are was be it this that with as by from i you we my our your me us'.split(
    ' ',
  ),
);

/**
 * The words, neighbouring pairs and three-letter pieces of a text, hashed with signs into one unit vector (Weinberger
 * et al., "Feature Hashing", 2009). Near means "shares words": it knows nothing of what they mean.
 * @param dimensions at most {@link HASH_DIMENSIONS}
 */
export function hashEmbedding(text: string, dimensions = HASH_DIMENSIONS): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  const add = (feature: string, weight: number) => {
    const hash = fnv1a(feature);
    const at = (hash >>> 1) % dimensions;
    vector[at] = (vector[at] ?? 0) + ((hash & 1) === 1 ? weight : -weight);
  };
  const words = wordsOf(text).map(singular);
  for (const [index, word] of words.entries()) {
    const share = COMMON.has(word) || !/[\p{L}\p{N}]/u.test(word) ? COMMON_WORD : 1;
    add(`w:${word}`, WEIGHT_OF_WORD * share);
    const pieces = piecesOf(word);
    for (const piece of pieces) add(`p:${piece}`, (WEIGHT_OF_PIECES * share) / Math.sqrt(pieces.length));
    const next = words[index + 1];
    if (next !== undefined) add(`b:${word} ${next}`, WEIGHT_OF_PAIR * share);
  }
  // Signs that cancel each other out, or nothing but brackets: such a text still has a place of its own.
  if (vector.every((value) => value === 0)) add(`t:${text}`, 1);
  return unit(vector);
}

/** Cosine of two unit vectors. */
export function similarity(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function piecesOf(word: string): string[] {
  const framed = [...`<${word}>`];
  return framed.slice(0, -2).map((_letter, at) => framed.slice(at, at + 3).join(''));
}

function unit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** 32-bit FNV-1a over the UTF-8 bytes, mixed once more so that the low bits are even. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
