import type { Random } from '../images/random.js';
import { DRUM } from './score.js';
import { SAMPLE_RATE } from './voices.js';

const TURN = Math.PI * 2;

interface DrumPatch {
  readonly seconds: number;
  /** A falling tone: from and to in hertz, the fall and the decay in seconds, loudness. */
  readonly tone?: readonly [from: number, to: number, fall: number, decay: number, level: number];
  /** Noise: decay in seconds, loudness, and how much of its low end is taken off (0-1). */
  readonly noise?: readonly [decay: number, level: number, bright: number];
  /** Several strokes at once, as hands clap. */
  readonly strokes?: number;
}

const DRUMS: Readonly<Record<number, DrumPatch>> = {
  [DRUM.kick]: { seconds: 0.4, tone: [165, 47, 0.035, 0.16, 1], noise: [0.004, 0.25, 0.6] },
  [DRUM.snare]: { seconds: 0.3, tone: [220, 178, 0.02, 0.09, 0.42], noise: [0.11, 0.5, 0.55] },
  [DRUM.clap]: { seconds: 0.3, noise: [0.1, 0.55, 0.7], strokes: 3 },
  [DRUM.tom]: { seconds: 0.5, tone: [150, 88, 0.06, 0.22, 0.8], noise: [0.02, 0.12, 0.3] },
  [DRUM.closedHat]: { seconds: 0.12, noise: [0.03, 0.38, 0.97] },
  [DRUM.openHat]: { seconds: 0.45, noise: [0.16, 0.34, 0.97] },
  [DRUM.crash]: { seconds: 2.2, noise: [0.7, 0.36, 0.93] },
  [DRUM.shaker]: { seconds: 0.12, noise: [0.035, 0.26, 0.94] },
};

/** One stroke at full force, mono. */
export function playDrum(midi: number, random: Random): Float32Array {
  const patch = DRUMS[midi] ?? DRUMS[DRUM.closedHat] ?? { seconds: 0.1 };
  const out = new Float32Array(Math.ceil(patch.seconds * SAMPLE_RATE));
  if (patch.tone !== undefined) addTone(out, patch.tone);
  for (let stroke = 0; stroke < (patch.strokes ?? 1); stroke++)
    if (patch.noise !== undefined)
      addNoise(out, patch.noise, Math.floor(stroke * 0.011 * SAMPLE_RATE), random);
  const fade = Math.floor(0.01 * SAMPLE_RATE);
  for (let i = 0; i < fade; i++) out[out.length - 1 - i] = (out[out.length - 1 - i] ?? 0) * (i / fade);
  return out;
}

function addTone(out: Float32Array, [from, to, fall, decay, level]: NonNullable<DrumPatch['tone']>): void {
  let phase = 0;
  for (let i = 0; i < out.length; i++) {
    const at = i / SAMPLE_RATE;
    phase += (to + (from - to) * Math.exp(-at / fall)) / SAMPLE_RATE;
    out[i] = (out[i] ?? 0) + Math.sin(phase * TURN) * Math.exp(-at / decay) * level;
  }
}

function addNoise(
  out: Float32Array,
  [decay, level, bright]: NonNullable<DrumPatch['noise']>,
  from: number,
  random: Random,
): void {
  let slow = 0;
  for (let i = from; i < out.length; i++) {
    const white = random.next() * 2 - 1;
    slow += (white - slow) * (0.05 + bright * 0.5);
    const coloured = white * (1 - bright * 0.4) - slow * bright;
    out[i] = (out[i] ?? 0) + coloured * Math.exp(-(i - from) / SAMPLE_RATE / decay) * level;
  }
}
