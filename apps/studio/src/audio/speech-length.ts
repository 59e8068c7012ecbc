/** Slower than any of our voices: letters, digits (a number is said in words) and signs of other scripts a second. */
const LETTERS_PER_SECOND = 9;
const DIGITS_PER_SECOND = 1.6;
const SIGNS_PER_SECOND = 3;
const PAUSE_SECONDS = 0.6;

const DIGITS = /\p{N}|[$€£₹%]/gu;
/** Scripts whose letters are syllables or words. */
const SIGNS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const PAUSES = /[.,;:!?…—–\n]|[^\p{L}\p{N}\s]/gu;

/** How long a text takes at most when it is spoken, in seconds; `speed` 1 is natural. */
export function longestSeconds(text: string, speed: number): number {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const [digits, signs, pauses] = [count(DIGITS), count(SIGNS), count(PAUSES)];
  const letters = Math.max(0, text.length - digits - signs);
  const seconds =
    letters / LETTERS_PER_SECOND +
    digits / DIGITS_PER_SECOND +
    signs / SIGNS_PER_SECOND +
    (1 + pauses) * PAUSE_SECONDS;
  return seconds / speed;
}
