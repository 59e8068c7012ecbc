import type { TranscriptSegment } from '../../transcript-provider.js';
import { meanConfidence } from '../../transcript-words.js';

const WORD = /^(\S+) (\d+\.\d+) (\d+\.\d+) (\d+\.\d+)$/;
/** Silence, noise and sentence marks. */
const FILLER = /^(<.*>|\[.*\]|\+\+.*\+\+)$/;
/** The dictionary's number of another pronunciation. */
const VARIANT = /\(\d+\)$/;

type Word = NonNullable<TranscriptSegment['words']>[number];

/**
 * What pocketsphinx printed with `-time yes`: a line for each stretch of speech, then one for each of its words.
 * @param paddedMs how much silence was put before the recording
 */
export function segmentsIn(listing: string, paddedMs: number, durationMs: number): TranscriptSegment[] {
  const stretches: { text: string; words: Word[] }[] = [];
  const within = (seconds: string) =>
    Math.min(durationMs, Math.max(0, Math.round(Number(seconds) * 1000) - paddedMs));
  for (const line of listing.split('\n')) {
    const [, word, start, end, confidence] = WORD.exec(line) ?? [];
    if (word === undefined) stretches.push({ text: line.trim(), words: [] });
    else if (!FILLER.test(word))
      stretches.at(-1)?.words.push({
        word: word.replace(VARIANT, ''),
        startMs: within(start ?? ''),
        endMs: within(end ?? ''),
        confidence: Math.min(1, Number(confidence)),
      });
  }
  return stretches.flatMap(({ text, words }) => segmentOf(text, words));
}

function segmentOf(text: string, words: readonly Word[]): TranscriptSegment[] {
  const [first, last] = [words[0], words.at(-1)];
  if (text === '' || first === undefined || last === undefined) return [];
  return [{ text, startMs: first.startMs, endMs: last.endMs, confidence: meanConfidence(words), words }];
}
