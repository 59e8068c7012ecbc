import type { SpokenPhoneme } from '../speech/speech.js';

/** How a mouth stands in one frame. */
export interface Mouth {
  /** 0 closed to 1 wide open. */
  readonly open: number;
  /** -1 rounded, 0 at rest, 1 spread. */
  readonly wide: number;
  /** 0-1: how much of the upper teeth is seen. */
  readonly teeth: number;
  /** 0-1: how much of the tongue is seen. */
  readonly tongue: number;
}

export const REST: Mouth = { open: 0, wide: 0.05, teeth: 0, tongue: 0 };
const CLOSED: Mouth = { open: 0, wide: -0.05, teeth: 0, tongue: 0 };

const mouth = (open: number, wide: number, teeth = 0, tongue = 0): Mouth => ({ open, wide, teeth, tongue });

const EH = mouth(0.55, 0.45, 0.5, 0.2);
const IY = mouth(0.3, 0.9, 0.8);
const UW = mouth(0.3, -0.95);
const AO = mouth(0.7, -0.5, 0.1, 0.2);
const AA = mouth(0.95, 0.1, 0.3, 0.4);
const ALVEOLAR = mouth(0.26, 0.25, 0.6, 0.5);
const VELAR = mouth(0.32, 0.1, 0.2, 0.1);
const HISS = mouth(0.14, 0.5, 1);

/** Lips pressed together: seen by everybody who reads lips, so never smoothed over. */
const LIPS_TOUCH = new Set(['b', 'p', 'm']);

/** Where the mouth goes for a sound of flite (ARPABET); two places for a diphthong. */
const SHAPES: Readonly<Record<string, readonly [Mouth] | readonly [Mouth, Mouth]>> = {
  pau: [REST],
  aa: [AA],
  ae: [mouth(0.8, 0.5, 0.5, 0.3)],
  ah: [mouth(0.6, 0.1, 0.3, 0.2)],
  ao: [AO],
  aw: [AA, UW],
  ax: [mouth(0.4, 0.05, 0.2, 0.1)],
  ay: [AA, IY],
  eh: [EH],
  er: [mouth(0.4, -0.4, 0.2)],
  ey: [EH, IY],
  ih: [mouth(0.36, 0.55, 0.5)],
  iy: [IY],
  ow: [AO, UW],
  oy: [AO, IY],
  uh: [mouth(0.38, -0.6)],
  uw: [UW],
  w: [mouth(0.16, -1)],
  r: [mouth(0.28, -0.5, 0.3)],
  y: [mouth(0.25, 0.7, 0.5)],
  l: [mouth(0.38, 0.2, 0.4, 0.9)],
  b: [CLOSED],
  p: [CLOSED],
  m: [CLOSED],
  f: [mouth(0.1, 0.1, 1)],
  v: [mouth(0.12, 0.1, 1)],
  th: [mouth(0.22, 0.2, 0.7, 1)],
  dh: [mouth(0.22, 0.2, 0.7, 1)],
  s: [HISS],
  z: [HISS],
  sh: [mouth(0.22, -0.6, 0.9)],
  zh: [mouth(0.22, -0.6, 0.9)],
  ch: [mouth(0.22, -0.5, 0.9)],
  jh: [mouth(0.22, -0.5, 0.9)],
  t: [ALVEOLAR],
  d: [ALVEOLAR],
  n: [ALVEOLAR],
  k: [VELAR],
  g: [VELAR],
  ng: [VELAR],
  hh: [mouth(0.45, 0.1, 0.2)],
};

/** Lips begin to move before a sound and are still on their way after it. */
const REACH_MS = 42;

/** The shape that a sound asks for at a moment of it. */
export function shapeAt({ phoneme, startMs, endMs }: SpokenPhoneme, atMs: number): Mouth {
  const [first, second = first] = SHAPES[phoneme] ?? [REST];
  const t = endMs > startMs ? Math.min(1, Math.max(0, (atMs - startMs) / (endMs - startMs))) : 1;
  return first === second ? first : mixed(first, second, t);
}

export function mixed(a: Mouth, b: Mouth, share: number): Mouth {
  const each = (key: keyof Mouth): number => a[key] + (b[key] - a[key]) * share;
  return { open: each('open'), wide: each('wide'), teeth: each('teeth'), tongue: each('tongue') };
}

/** The mouth in every frame of a film: each frame is the mean of what is said around it. */
export function mouthTrack(phonemes: readonly SpokenPhoneme[], frames: number, fps: number): Mouth[] {
  const frameMs = 1000 / fps;
  const track = Array.from({ length: frames }, (_, frame) => blended(phonemes, (frame + 0.5) * frameMs));
  for (const { phoneme, startMs, endMs } of phonemes) {
    if (!LIPS_TOUCH.has(phoneme)) continue;
    // The frame in the middle, however short the sound is, and all that lie within it.
    const middle = Math.floor((startMs + endMs) / 2 / frameMs);
    for (let frame = Math.floor(startMs / frameMs); frame * frameMs < endMs; frame++) {
      const centre = (frame + 0.5) * frameMs;
      if ((frame === middle || (centre > startMs && centre < endMs)) && frame < frames) track[frame] = CLOSED;
    }
  }
  return track;
}

function blended(phonemes: readonly SpokenPhoneme[], atMs: number): Mouth {
  let [weight, open, wide, teeth, tongue] = [0, 0, 0, 0, 0];
  for (const each of phonemes) {
    const overlap = Math.min(each.endMs, atMs + REACH_MS) - Math.max(each.startMs, atMs - REACH_MS);
    if (overlap <= 0) continue;
    const shape = shapeAt(each, atMs);
    weight += overlap;
    open += shape.open * overlap;
    wide += shape.wide * overlap;
    teeth += shape.teeth * overlap;
    tongue += shape.tongue * overlap;
  }
  if (weight === 0) return REST;
  return { open: open / weight, wide: wide / weight, teeth: teeth / weight, tongue: tongue / weight };
}
