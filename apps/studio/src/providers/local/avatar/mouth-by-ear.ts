import { mixed, type Mouth, REST } from './mouth.js';

/** Mono sound. */
export interface Recording {
  readonly samples: Int16Array;
  /** Samples a second. */
  readonly sampleRate: number;
}

interface Heard {
  readonly loudness: number;
  /** Share of neighbouring samples that change sign: high in hisses. */
  readonly crossings: number;
  /** Share of the energy above about 1 kHz: low in rounded vowels. */
  readonly brightness: number;
}

const SILENT = 0.09;
const HISSING = 0.28;
const CUTOFF_HZ = 1_000;

function hear(samples: Int16Array, from: number, to: number, sampleRate: number): Heard {
  const share = 1 - Math.exp((-2 * Math.PI * CUTOFF_HZ) / sampleRate);
  let [energy, bright, changes, low, before] = [0, 0, 0, 0, 0];
  for (let at = from; at < to; at++) {
    const sample = (samples[at] ?? 0) / 32_768;
    low += (sample - low) * share;
    energy += sample * sample;
    bright += (sample - low) ** 2;
    if (sample > 0 !== before > 0) changes += 1;
    before = sample;
  }
  const count = Math.max(1, to - from);
  return {
    loudness: Math.sqrt(energy / count),
    crossings: changes / count,
    brightness: energy === 0 ? 0 : bright / energy,
  };
}

function shapeOf({ crossings, brightness }: Heard, relative: number): Mouth {
  if (relative < SILENT) return REST;
  const open = Math.min(1, (relative - SILENT) * 1.15);
  if (crossings > HISSING) return { open: 0.14, wide: 0.5, teeth: 1, tongue: 0 };
  const wide = Math.min(0.9, Math.max(-0.8, (brightness - 0.35) * 2.4));
  return { open, wide, teeth: 0.25 + Math.max(0, wide) * 0.5, tongue: open * 0.35 };
}

/** The mouth in every frame, guessed from loudness and three classes of sound: hisses, bright and dark vowels. */
export function mouthByEar({ samples, sampleRate }: Recording, frames: number, fps: number): Mouth[] {
  const step = sampleRate / fps;
  const heard = Array.from({ length: frames }, (_, frame) =>
    hear(samples, Math.round(frame * step), Math.round((frame + 1) * step), sampleRate),
  );
  const loud = heard.map(({ loudness }) => loudness).sort((a, b) => a - b);
  const full = Math.max(0.01, loud[Math.floor(loud.length * 0.95)] ?? 0);
  const shapes = heard.map((each) => shapeOf(each, each.loudness / full));
  return shapes.map((shape, frame) =>
    shape.open === 0 ? shape : mixed(shape, shapes[frame - 1] ?? REST, 0.3),
  );
}
