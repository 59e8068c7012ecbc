import type { MediaTools } from '../media-tools/ffmpeg.js';
import type { Utterance } from './speech.js';
import { joined, msOf } from './speech.js';
import { sentencesOf, wordsIn } from './text.js';
import { pcmOf } from './wav.js';
import { timesByLetters } from './word-times.js';

/** One text for espeak-ng. `voice` is one of its own names, `speed` 1 is natural. */
export interface EspeakJob {
  readonly text: string;
  readonly voice: string;
  /** BCP 47, for where sentences end. */
  readonly language: string;
  readonly speed: number;
}

const WORDS_PER_MINUTE = 165;
const SENTENCE_TIMEOUT_MS = 20_000;
/** Two minutes of one sentence. */
const OUTPUT_LIMIT_BYTES = 120 * 22_050 * 2;

/** Says a text sentence by sentence, so that the estimated times of words start anew with each. */
export async function sayWithEspeak(
  tools: MediaTools,
  { text, voice, language, speed }: EspeakJob,
  signal: AbortSignal,
): Promise<Utterance> {
  const rate = String(Math.round(WORDS_PER_MINUTE * speed));
  const parts: Utterance[] = [];
  for (const sentence of sentencesOf(text, language)) {
    const wav = await tools.run('espeak-ng', {
      args: ['-v', voice, '-s', rate, '-b', '1', '--stdin', '--stdout'],
      input: Buffer.from(sentence),
      signal,
      timeoutMs: SENTENCE_TIMEOUT_MS,
      maxOutputBytes: OUTPUT_LIMIT_BYTES,
    });
    const pcm = pcmOf(wav);
    const all = { startMs: 0, endMs: msOf(pcm.samples.length, pcm.sampleRate) };
    parts.push({ ...pcm, phonemes: [], words: timesByLetters(wordsIn(sentence), all) });
  }
  return joined(parts);
}
