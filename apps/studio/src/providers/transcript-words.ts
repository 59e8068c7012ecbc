import type { TranscriptSegment } from './transcript-provider.js';

type Word = NonNullable<TranscriptSegment['words']>[number];

const PAUSE_MS = 900;
const LONGEST_MS = 15_000;
const SENTENCE_END = /[.!?…。！？]["'”’)]?$/;

/** Stretches of speech of the words that a vendor tells: they end with a sentence, a pause, or when they get long. */
export function segmentsOfWords(words: readonly Word[]): TranscriptSegment[] {
  const groups: Word[][] = [];
  for (const word of words) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const first = group?.[0];
    const goesOn =
      last !== undefined &&
      first !== undefined &&
      !SENTENCE_END.test(last.word) &&
      word.startMs - last.endMs < PAUSE_MS &&
      word.endMs - first.startMs < LONGEST_MS;
    if (goesOn) group?.push(word);
    else groups.push([word]);
  }
  return groups.map((group) => ({
    text: group.map(({ word }) => word).join(' '),
    startMs: group[0]?.startMs ?? 0,
    endMs: group.at(-1)?.endMs ?? 0,
    confidence: meanConfidence(group),
    words: group,
  }));
}

/** 0 where nothing was said; in thousandths. */
export function meanConfidence(parts: readonly { readonly confidence: number }[]): number {
  const sum = parts.reduce((total, { confidence }) => total + confidence, 0);
  return parts.length === 0 ? 0 : Math.round((sum / parts.length) * 1000) / 1000;
}

/** A probability of its logarithm, within 0-1. */
export function probabilityOf(logarithm: number | undefined): number {
  return logarithm === undefined ? 0 : Math.min(1, Math.max(0, Math.exp(logarithm)));
}
