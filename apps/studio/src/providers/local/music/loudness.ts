import type { Stereo } from './room.js';
import { SAMPLE_RATE } from './voices.js';

/** What streaming services play music at, and the peak that survives lossy coding. */
export const TARGET_LUFS = -16;
export const CEILING_DB = -1.5;

type Biquad = readonly [b0: number, b1: number, b2: number, a1: number, a2: number];

/** The two filters of ITU-R BS.1770, for 44.1 kHz. */
const SHELF: Biquad = [
  1.5308412300503478, -2.6509799951547297, 1.169079079921587, -1.6636551132560204, 0.7125954280732254,
];
const HIGH_PASS: Biquad = [
  0.9995600645425144, -1.999120129085029, 0.9995600645425144, -1.9891696736297957, 0.9891990357870394,
];

function weighted(signal: Float32Array): Float32Array {
  let current = signal;
  for (const [b0, b1, b2, a1, a2] of [SHELF, HIGH_PASS]) {
    const out = new Float32Array(current.length);
    let [x1, x2, y1, y2] = [0, 0, 0, 0];
    for (let i = 0; i < current.length; i++) {
      const x = current[i] ?? 0;
      const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
      [x2, x1, y2, y1] = [x1, x, y1, y];
      out[i] = y;
    }
    current = out;
  }
  return current;
}

const decibels = (power: number): number => -0.691 + 10 * Math.log10(Math.max(power, 1e-12));

/** Integrated loudness after ITU-R BS.1770 with both gates, in LUFS. */
export function loudnessLufs({ left, right }: Stereo): number {
  const [l, r] = [weighted(left), weighted(right)];
  const [size, hop] = [Math.round(0.4 * SAMPLE_RATE), Math.round(0.1 * SAMPLE_RATE)];
  const powers: number[] = [];
  for (let from = 0; from + size <= l.length; from += hop) {
    let sum = 0;
    for (let i = from; i < from + size; i++) sum += (l[i] ?? 0) ** 2 + (r[i] ?? 0) ** 2;
    powers.push(sum / size);
  }
  const mean = (list: readonly number[]): number =>
    list.reduce((sum, power) => sum + power, 0) / Math.max(1, list.length);
  const loud = powers.filter((power) => decibels(power) > -70);
  const gate = decibels(mean(loud)) - 10;
  return decibels(mean(loud.filter((power) => decibels(power) > gate)));
}

const TAPS = 12;
const INTERPOLATORS = [0.25, 0.5, 0.75].map((shift) =>
  Array.from({ length: TAPS * 2 }, (_, index) => {
    const x = index - TAPS + 1 - shift;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / TAPS);
    return (Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)) * window;
  }),
);

/** The highest value between samples too, four times oversampled where it could matter; linear. */
export function truePeak({ left, right }: Stereo): number {
  let peak = 0;
  for (const signal of [left, right]) for (const value of signal) peak = Math.max(peak, Math.abs(value));
  const near = peak * 0.7;
  let highest = peak;
  for (const signal of [left, right]) {
    for (let i = TAPS; i < signal.length - TAPS; i++) {
      if (Math.abs(signal[i] ?? 0) < near) continue;
      for (const taps of INTERPOLATORS) {
        let sum = 0;
        for (let tap = 0; tap < taps.length; tap++)
          sum += (signal[i + tap - TAPS + 1] ?? 0) * (taps[tap] ?? 0);
        highest = Math.max(highest, Math.abs(sum));
      }
    }
  }
  return highest;
}

const LOOKAHEAD = Math.floor(0.004 * SAMPLE_RATE);
const RECOVERY = 1 - Math.exp(-1 / (0.12 * SAMPLE_RATE));

/** Turns down what would be over the ceiling, a little before it comes, and up again slowly. */
function limit({ left, right }: Stereo, ceiling: number): void {
  const needed = Float32Array.from(left, (value, i) => {
    const high = Math.max(Math.abs(value), Math.abs(right[i] ?? 0));
    return high > ceiling ? ceiling / high : 1;
  });
  let gain = 1;
  let ahead = 1;
  let until = 0;
  for (let i = 0; i < left.length; i++) {
    const next = needed[i + LOOKAHEAD] ?? 1;
    if (next <= ahead || i >= until) {
      if (i >= until) {
        ahead = 1;
        for (let j = i; j <= i + LOOKAHEAD; j++) ahead = Math.min(ahead, needed[j] ?? 1);
      } else ahead = next;
      until = i + LOOKAHEAD;
    }
    gain += ahead < gain ? (ahead - gain) * (5 / LOOKAHEAD) : (ahead - gain) * RECOVERY;
    const exact = Math.min(gain, needed[i] ?? 1);
    left[i] = (left[i] ?? 0) * exact;
    right[i] = (right[i] ?? 0) * exact;
  }
}

function scale({ left, right }: Stereo, gain: number): void {
  for (const signal of [left, right])
    for (let i = 0; i < signal.length; i++) signal[i] = (signal[i] ?? 0) * gain;
}

function fade({ left, right }: Stereo, inSeconds: number, outSeconds: number): void {
  const [start, end] = [Math.floor(inSeconds * SAMPLE_RATE), Math.floor(outSeconds * SAMPLE_RATE)];
  for (const signal of [left, right]) {
    for (let i = 0; i < start; i++) signal[i] = (signal[i] ?? 0) * (i / start);
    for (let i = 0; i < end; i++) {
      const at = signal.length - 1 - i;
      signal[at] = (signal[at] ?? 0) * Math.sin((i / end) * (Math.PI / 2)) ** 2;
    }
  }
}

/** Takes off what only moves the membrane: everything below about 20 Hz. */
function steady({ left, right }: Stereo): void {
  for (const signal of [left, right]) {
    let [before, out] = [0, 0];
    for (let i = 0; i < signal.length; i++) {
      const now = signal[i] ?? 0;
      out = now - before + 0.997 * out;
      before = now;
      signal[i] = out;
    }
  }
}

/** Fades, brings to -16 LUFS and keeps the true peak under -1 dB. Works in place. */
export function master(mix: Stereo): Stereo {
  steady(mix);
  fade(mix, 0.01, 1.4);
  const ceiling = 10 ** (CEILING_DB / 20);
  // A limited piece is a little softer than wished: the second round makes up for it.
  for (let round = 0; round < 2; round++) {
    scale(mix, 10 ** ((TARGET_LUFS - loudnessLufs(mix)) / 20));
    limit(mix, ceiling);
  }
  const peak = truePeak(mix);
  if (peak > ceiling) scale(mix, ceiling / peak);
  return mix;
}
