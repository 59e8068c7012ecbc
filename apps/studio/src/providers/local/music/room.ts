import { SAMPLE_RATE } from './voices.js';

/** Two channels of equal length, -1 to 1. */
export interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export const silence = (samples: number): Stereo => ({
  left: new Float32Array(samples),
  right: new Float32Array(samples),
});

const COMBS = [1_557, 1_617, 1_491, 1_422, 1_277, 1_356];
const ALLPASSES = [225, 556, 441];
/** The right wall stands a little farther away: width. */
const SPREAD = 23;
const PREDELAY = Math.floor(0.018 * SAMPLE_RATE);

function comb(input: Float32Array, out: Float32Array, delay: number, feedback: number): void {
  const line = new Float32Array(delay);
  let dull = 0;
  for (let i = 0; i < input.length; i++) {
    const at = i % delay;
    const echo = line[at] ?? 0;
    dull += (echo - dull) * 0.62;
    line[at] = (i >= PREDELAY ? (input[i - PREDELAY] ?? 0) : 0) + dull * feedback;
    out[i] = (out[i] ?? 0) + echo;
  }
}

function allpass(signal: Float32Array, delay: number): void {
  const line = new Float32Array(delay);
  for (let i = 0; i < signal.length; i++) {
    const at = i % delay;
    const echo = line[at] ?? 0;
    const now = signal[i] ?? 0;
    line[at] = now + echo * 0.5;
    signal[i] = echo - now;
  }
}

/** A Schroeder-Moorer room: parallel combs that lose brightness, then allpasses. @param size 0-1, of its echo */
export function room({ left, right }: Stereo, size: number): Stereo {
  const wet = silence(left.length);
  const feedback = 0.72 + size * 0.24;
  for (const [input, out, spread] of [
    [left, wet.left, 0],
    [right, wet.right, SPREAD],
  ] as const) {
    for (const delay of COMBS) comb(input, out, delay + spread, feedback);
    for (const delay of ALLPASSES) allpass(out, delay + spread);
    for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) / COMBS.length;
  }
  return wet;
}
