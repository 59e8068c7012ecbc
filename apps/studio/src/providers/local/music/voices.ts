import type { Random } from '../images/random.js';
import type { Envelope, FmPatch, ModalPatch, Patch, PluckPatch, SubtractivePatch } from './patches.js';

/** Samples a second, of everything here. */
export const SAMPLE_RATE = 44_100;

const TURN = Math.PI * 2;
/** Samples between two settings of the filter. */
const CONTROL = 16;

export const hertz = (midi: number): number => 440 * 2 ** ((midi - 69) / 12);

/** A note to be played: seconds it is held, and how hard. */
export interface Voice {
  readonly frequency: number;
  readonly held: number;
  readonly velocity: number;
  readonly random: Random;
}

function envelopeAt(at: number, held: number, { attack, decay, sustain, release }: Envelope): number {
  const level = (time: number): number =>
    time < attack ? time / attack : sustain + (1 - sustain) * Math.exp(-(time - attack) / (decay * 0.4));
  if (at <= held) return level(at);
  const gone = (at - held) / release;
  return gone >= 1 ? 0 : level(held) * (1 - gone) ** 2;
}

/** Rounds off the jump of a wave, so that it does not alias. */
function polyBlep(phase: number, step: number): number {
  if (phase < step) {
    const t = phase / step;
    return t + t - t * t - 1;
  }
  if (phase > 1 - step) {
    const t = (phase - 1) / step;
    return t * t + t + t + 1;
  }
  return 0;
}

function waveAt(shape: 'saw' | 'square' | 'sine', phase: number, step: number): number {
  if (shape === 'sine') return Math.sin(phase * TURN);
  if (shape === 'saw') return 2 * phase - 1 - polyBlep(phase, step);
  return (phase < 0.5 ? 1 : -1) + polyBlep(phase, step) - polyBlep((phase + 0.5) % 1, step);
}

function subtractive(patch: SubtractivePatch, { frequency, held, velocity, random }: Voice): Float32Array {
  const length = Math.ceil((held + patch.release) * SAMPLE_RATE);
  const mixed = new Float32Array(length);
  for (const { shape, cents, level } of patch.waves) {
    let phase = random.next();
    const own = frequency * 2 ** (cents / 1200);
    const drift = random.between(4.6, 5.6) * TURN;
    let step = own / SAMPLE_RATE;
    for (let i = 0; i < length; i++) {
      if (patch.vibratoCents > 0 && i % CONTROL === 0) {
        const seconds = i / SAMPLE_RATE;
        const depth = patch.vibratoCents * Math.min(1, Math.max(0, seconds - 0.12) * 3);
        step = (own * (1 + (depth * Math.sin(drift * seconds)) / 1731)) / SAMPLE_RATE;
      }
      mixed[i] = (mixed[i] ?? 0) + waveAt(shape, phase, step) * level;
      phase += step;
      if (phase >= 1) phase -= 1;
    }
  }
  return filtered(patch, mixed, { frequency, held, velocity, random });
}

/** A state-variable low pass that follows the envelope, then the envelope itself. */
function filtered(
  patch: SubtractivePatch,
  wave: Float32Array,
  { frequency, held, velocity, random }: Voice,
): Float32Array {
  let [low, band, g, level] = [0, 0, 0, 0];
  const damping = 2 - patch.resonance * 1.7;
  for (let i = 0; i < wave.length; i++) {
    if (i % CONTROL === 0) {
      level = envelopeAt(i / SAMPLE_RATE, held, patch);
      const cutoff = Math.min(
        15_000,
        patch.cutoffHz + patch.opens * frequency * level * (0.5 + velocity * 0.7),
      );
      g = Math.tan((Math.PI * cutoff) / SAMPLE_RATE);
    }
    const target = envelopeAtEdge(i, held, patch, level);
    const source = (wave[i] ?? 0) + (patch.breath > 0 ? (random.next() * 2 - 1) * patch.breath : 0);
    const high = (source - (damping + g) * band - low) / (1 + g * (g + damping));
    const bandNow = g * high + band;
    const lowNow = g * bandNow + low;
    band = g * high + bandNow;
    low = g * bandNow + lowNow;
    const shaped = patch.drive > 0 ? Math.tanh(lowNow * (1 + patch.drive * 2)) : lowNow;
    wave[i] = shaped * target * velocity;
  }
  return wave;
}

/** The envelope exactly at the attack, where steps would click, and in steps elsewhere. */
function envelopeAtEdge(i: number, held: number, patch: Envelope, level: number): number {
  const at = i / SAMPLE_RATE;
  return at < patch.attack + 0.01 || at > held ? envelopeAt(at, held, patch) : level;
}

function fm(patch: FmPatch, { frequency, held, velocity }: Voice): Float32Array {
  const out = new Float32Array(Math.ceil((held + patch.release) * SAMPLE_RATE));
  const step = (frequency * TURN) / SAMPLE_RATE;
  const bright = Math.min(1, 1800 / (frequency * patch.ratio));
  for (let i = 0; i < out.length; i++) {
    const at = i / SAMPLE_RATE;
    const index = patch.index * velocity * bright * Math.exp(-at / patch.indexDecay);
    out[i] =
      Math.sin(step * i + index * Math.sin(step * patch.ratio * i)) * envelopeAt(at, held, patch) * velocity;
  }
  return out;
}

function modal(patch: ModalPatch, { frequency, held, velocity, random }: Voice): Float32Array {
  const longest = Math.min(held + patch.release, (patch.partials[0]?.[2] ?? 1) * 2.4);
  const out = new Float32Array(Math.ceil(longest * SAMPLE_RATE));
  const pace = Math.min(1.6, Math.max(0.4, (260 / frequency) ** 0.4));
  for (const [ratio, level, decaySeconds] of patch.partials) {
    const own = frequency * ratio;
    if (own > 15_000) continue;
    const turn = (TURN * own) / SAMPLE_RATE;
    const fading = Math.exp(-1 / (decaySeconds * pace * SAMPLE_RATE));
    const soft = level * velocity ** (1 + ratio * 0.12);
    // A rotating pointer gives the sine without calling it.
    let [x, y] = [soft, 0];
    const [c, s] = [Math.cos(turn) * fading, Math.sin(turn) * fading];
    for (let i = 0; i < out.length; i++) {
      out[i] = (out[i] ?? 0) + y;
      [x, y] = [x * c - y * s, x * s + y * c];
    }
  }
  const strike = Math.floor(0.012 * SAMPLE_RATE);
  for (let i = 0; i < Math.min(strike, out.length); i++)
    out[i] = (out[i] ?? 0) + (random.next() * 2 - 1) * patch.strike * velocity * (1 - i / strike) ** 2;
  return damped(out, held, patch.release);
}

function pluck(patch: PluckPatch, { frequency, held, velocity, random }: Voice): Float32Array {
  const period = SAMPLE_RATE / frequency - 0.5;
  const size = Math.max(2, Math.floor(period));
  const fraction = period - size;
  const line = new Float32Array(size);
  let smooth = 0;
  for (let i = 0; i < size; i++) {
    smooth += (random.next() * 2 - 1 - smooth) * Math.min(1, patch.brightness * (0.5 + velocity * 0.6));
    line[i] = smooth;
  }
  const out = new Float32Array(Math.ceil((held + patch.release) * SAMPLE_RATE));
  const loss = 10 ** (-3 / (patch.decaySeconds * frequency));
  let [last, allpassIn, allpassOut] = [0, 0, 0];
  const tuning = (1 - fraction) / (1 + fraction);
  for (let i = 0; i < out.length; i++) {
    const at = i % size;
    const now = line[at] ?? 0;
    const mean = (now + last) * 0.5 * loss;
    last = now;
    allpassOut = tuning * (mean - allpassOut) + allpassIn;
    allpassIn = mean;
    line[at] = allpassOut;
    out[i] =
      (patch.buzz > 0 ? now + patch.buzz * Math.max(0, Math.tanh(now * 4)) * Math.abs(now) : now) *
      velocity *
      1.6;
  }
  return damped(out, held, patch.release);
}

/** Lets go of a string or a bar when its note is over. */
function damped(out: Float32Array, held: number, release: number): Float32Array {
  const from = Math.floor(held * SAMPLE_RATE);
  const fade = Math.max(1, Math.floor(release * SAMPLE_RATE));
  for (let i = from; i < out.length; i++) out[i] = (out[i] ?? 0) * Math.max(0, 1 - (i - from) / fade) ** 2;
  const end = Math.min(220, out.length);
  for (let i = 0; i < end; i++) out[out.length - 1 - i] = (out[out.length - 1 - i] ?? 0) * (i / end);
  return out;
}

/** Plays one note, dry and mono. CPU-bound: about a hundredth of the time it sounds. */
export function playNote(patch: Patch, voice: Voice): Float32Array {
  switch (patch.kind) {
    case 'subtractive':
      return subtractive(patch, voice);
    case 'fm':
      return fm(patch, voice);
    case 'modal':
      return modal(patch, voice);
    case 'pluck':
      return pluck(patch, voice);
  }
}
