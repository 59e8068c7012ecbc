import { composeScore } from './composer.js';
import { master } from './loudness.js';
import { midiFile } from './midi-file.js';
import { playScore } from './mixer.js';
import { briefOf, type MusicWish } from './music-brief.js';
import type { Score } from './score.js';
import { wavFile } from './wav-file.js';

/** A finished piece: 16-bit stereo at 44.1 kHz, exactly as long as asked. Plain data, so that it can cross processes. */
export interface RenderedMusic extends Omit<Score, 'notes'> {
  readonly wav: Uint8Array;
  readonly midi: Uint8Array;
  readonly notes: number;
  /** What of the wish was not understood. */
  readonly remarks: readonly string[];
}

/** Composes, plays and masters. CPU-bound: about 2 s for 30 s of music. */
export async function renderMusic(wish: MusicWish): Promise<RenderedMusic> {
  const brief = briefOf(wish);
  const { notes, ...score } = composeScore(brief, wish.durationSeconds);
  const mix = master(playScore({ ...score, notes }, brief.genre));
  return {
    ...score,
    wav: wavFile(mix),
    midi: midiFile({ ...score, notes }, brief.genre),
    notes: notes.length,
    remarks: brief.notes,
  };
}
