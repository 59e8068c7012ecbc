import type { SpokenWord } from '../speech/speech.js';

/** A line of words and when it is shown, in milliseconds. */
export interface Caption {
  readonly text: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

const LONGEST = 64;
const STAYS_MS = 350;

/** Gathers words into lines; a line ends with its sentence, or when it is full. */
export function captionsOf(words: readonly SpokenWord[]): Caption[] {
  const lines: SpokenWord[][] = [];
  for (const word of words) {
    const line = lines.at(-1);
    const text = line?.map((each) => each.word).join(' ') ?? '';
    const full = text.length + word.word.length + 1 > LONGEST;
    if (line === undefined || full || /[.!?]$/.test(text)) lines.push([word]);
    else line.push(word);
  }
  return lines.map((line, index) => {
    const [first, last, next] = [line[0], line.at(-1), lines[index + 1]?.[0]];
    return {
      text: line.map(({ word }) => word).join(' '),
      fromMs: first?.startMs ?? 0,
      untilMs: Math.min(next?.startMs ?? Number.POSITIVE_INFINITY, (last?.endMs ?? 0) + STAYS_MS),
    };
  });
}
