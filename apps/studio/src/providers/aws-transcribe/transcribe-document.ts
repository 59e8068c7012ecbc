import { segmentsOfWords } from '../transcript-words.js';
import type { TranscriptSegment } from '../transcript-provider.js';
import { at, textAt } from '../vendor/json.js';

type Word = NonNullable<TranscriptSegment['words']>[number];

/** What the vendor's file says. `language` as the vendor found it; absent where we named it. */
export interface TranscribeDocument {
  readonly text: string;
  readonly language?: string;
  readonly words: readonly Word[];
  readonly segments: readonly TranscriptSegment[];
}

/** Times are seconds and confidences 0-1, both written as texts. Undefined for what is no transcript. */
export function transcribeDocument(json: unknown): TranscribeDocument | undefined {
  const text = at(json, 'results', 'transcripts', 0, 'transcript');
  const items = at(json, 'results', 'items');
  if (typeof text !== 'string' || !Array.isArray(items)) return undefined;
  const words = wordsOf(items);
  if (words === undefined) return undefined;
  const language = textAt(json, 'results', 'language_code');
  return {
    text: text.trim(),
    ...(language === undefined ? {} : { language }),
    words,
    segments: segmentsOfWords(words),
  };
}

/** Punctuation has no time of its own: it belongs to the word before. */
function wordsOf(items: readonly unknown[]): Word[] | undefined {
  const words: Word[] = [];
  for (const item of items) {
    const content = textAt(item, 'alternatives', 0, 'content');
    if (content === undefined) return undefined;
    const last = words.at(-1);
    if (at(item, 'type') === 'punctuation') {
      if (last !== undefined) words[words.length - 1] = { ...last, word: `${last.word}${content}` };
      continue;
    }
    const [startMs, endMs] = [millis(at(item, 'start_time')), millis(at(item, 'end_time'))];
    const confidence = Number(at(item, 'alternatives', 0, 'confidence'));
    if (startMs === undefined || endMs === undefined || !(confidence >= 0 && confidence <= 1))
      return undefined;
    words.push({ word: content, startMs, endMs, confidence });
  }
  return words;
}

function millis(seconds: unknown): number | undefined {
  const value = typeof seconds === 'string' && seconds !== '' ? Number(seconds) : Number.NaN;
  return value >= 0 && Number.isFinite(value) ? Math.round(value * 1_000) : undefined;
}
