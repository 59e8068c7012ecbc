import type { SpokenPhoneme, SpokenWord, Stretch } from './speech.js';

const VOWEL = /^[aeiou]/;
const SKIP = 10;
const OTHER_VOWEL = 6;
const OTHER = 14;

/**
 * When each word is said: the sounds of the sentence are aligned with the sounds that the words have alone, which
 * differ little.
 * @param alone the sounds of each word said alone; another count than words spreads them by their letters
 */
export function timesByPhonemes(
  words: readonly string[],
  alone: readonly (readonly string[])[],
  phonemes: readonly SpokenPhoneme[],
): SpokenWord[] {
  const said = phonemes.filter(({ phoneme }) => phoneme !== 'pau');
  const first = said[0];
  const last = said.at(-1);
  if (first === undefined || last === undefined) return [];
  if (alone.length !== words.length)
    return timesByLetters(words, { startMs: first.startMs, endMs: last.endMs });
  const expected = alone.flatMap((sounds, word) => sounds.map((sound) => ({ sound, word })));
  const owners = ownersOf(said, expected);
  return inOrder(
    words.map((word, index) => {
      const own = said.filter((_, at) => owners[at] === index);
      return { word, startMs: own[0]?.startMs ?? -1, endMs: own.at(-1)?.endMs ?? -1 };
    }),
    first.startMs,
  );
}

/** An estimate where the engine tells nothing: the stretch is shared out by the words' lengths. */
export function timesByLetters(words: readonly string[], { startMs, endMs }: Stretch): SpokenWord[] {
  const total = words.reduce((sum, word) => sum + word.length + 1, 0);
  let before = 0;
  const at = (letters: number) => startMs + Math.round(((endMs - startMs) * letters) / Math.max(1, total));
  return words.map((word) => {
    const from = before;
    before += word.length + 1;
    return { word, startMs: at(from), endMs: at(before) };
  });
}

/** Which word each sound belongs to: the cheapest edit of the expected sounds into the said ones. */
function ownersOf(
  said: readonly SpokenPhoneme[],
  expected: readonly { readonly sound: string; readonly word: number }[],
): number[] {
  const width = expected.length + 1;
  const costs = new Uint32Array((said.length + 1) * width);
  const cost = (row: number, column: number) => costs[row * width + column] ?? 0;
  const swap = (row: number, column: number) =>
    cost(row - 1, column - 1) + difference(said[row - 1]?.phoneme ?? '', expected[column - 1]?.sound ?? '');
  for (let row = 0; row <= said.length; row += 1)
    for (let column = 0; column < width; column += 1) {
      if (row === 0 || column === 0) costs[row * width + column] = (row + column) * SKIP;
      else
        costs[row * width + column] = Math.min(
          swap(row, column),
          cost(row - 1, column) + SKIP,
          cost(row, column - 1) + SKIP,
        );
    }
  const owners = new Array<number>(said.length).fill(0);
  let column = expected.length;
  for (let row = said.length; row > 0;) {
    const here = cost(row, column);
    if (column > 0 && here === cost(row, column - 1) + SKIP) column -= 1;
    else {
      owners[row - 1] = expected[Math.max(0, column - 1)]?.word ?? 0;
      if (column > 0 && here === swap(row, column)) column -= 1;
      row -= 1;
    }
  }
  return owners;
}

function difference(left: string, right: string): number {
  if (left === right) return 0;
  return VOWEL.test(left) && VOWEL.test(right) ? OTHER_VOWEL : OTHER;
}

/** A word that nothing was heard of takes no time, after the one before. */
function inOrder(words: readonly SpokenWord[], startMs: number): SpokenWord[] {
  let endMs = startMs;
  return words.map(({ word, ...times }) => {
    const from = Math.max(endMs, times.startMs);
    endMs = Math.max(from, times.endMs);
    return { word, startMs: from, endMs };
  });
}
