/** A stretch of sound, in milliseconds from its start. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** When a word is said, as it stands in the text, punctuation included. */
export interface SpokenWord extends Stretch {
  readonly word: string;
}

/** When a sound is made: an ARPABET name in lower case, `pau` for a pause. */
export interface SpokenPhoneme extends Stretch {
  readonly phoneme: string;
}

/** Mono sound, 16 bits a sample. */
export interface Pcm {
  readonly samples: Int16Array;
  /** Samples a second. */
  readonly sampleRate: number;
}

/** What an engine says for one piece of a text. Times count from the start of the piece. */
export interface Utterance extends Pcm {
  readonly words: readonly SpokenWord[];
  readonly phonemes: readonly SpokenPhoneme[];
}

export const msOf = (samples: number, sampleRate: number): number =>
  Math.round((samples * 1000) / sampleRate);

/** One after the other; all have the same sample rate. */
export function joined(parts: readonly Utterance[]): Utterance {
  const sampleRate = parts[0]?.sampleRate ?? 16_000;
  const samples = new Int16Array(parts.reduce((sum, part) => sum + part.samples.length, 0));
  const words: SpokenWord[] = [];
  const phonemes: SpokenPhoneme[] = [];
  let offset = 0;
  for (const part of parts) {
    samples.set(part.samples, offset);
    const atMs = msOf(offset, sampleRate);
    words.push(...part.words.map((word) => later(word, atMs)));
    phonemes.push(...part.phonemes.map((phoneme) => later(phoneme, atMs)));
    offset += part.samples.length;
  }
  return { samples, sampleRate, words, phonemes };
}

function later<T extends Stretch>(each: T, byMs: number): T {
  return { ...each, startMs: each.startMs + byMs, endMs: each.endMs + byMs };
}
