/** Loudness over time: seconds, except `sustain`, a share of the peak. */
export interface Envelope {
  readonly attack: number;
  readonly decay: number;
  readonly sustain: number;
  readonly release: number;
}

/** Rich waves through a filter that opens and closes. */
export interface SubtractivePatch extends Envelope {
  readonly kind: 'subtractive';
  readonly waves: readonly {
    readonly shape: 'saw' | 'square' | 'sine';
    readonly cents: number;
    readonly level: number;
  }[];
  /** Hertz at rest, and how far the envelope opens it, in multiples of the note. */
  readonly cutoffHz: number;
  readonly opens: number;
  /** 0 none to 1 singing. */
  readonly resonance: number;
  readonly vibratoCents: number;
  readonly breath: number;
  readonly drive: number;
}

/** One sine bends another: bells and electric pianos. */
export interface FmPatch extends Envelope {
  readonly kind: 'fm';
  readonly ratio: number;
  readonly index: number;
  readonly indexDecay: number;
}

/** Struck things: partials that die away each at its own pace. */
export interface ModalPatch {
  readonly kind: 'modal';
  readonly partials: readonly (readonly [ratio: number, level: number, decaySeconds: number])[];
  readonly strike: number;
  readonly release: number;
}

/** A plucked string: noise in a delay line that loses its brightness. */
export interface PluckPatch {
  readonly kind: 'pluck';
  readonly brightness: number;
  readonly decaySeconds: number;
  readonly buzz: number;
  readonly release: number;
}

export type Patch = (SubtractivePatch | FmPatch | ModalPatch | PluckPatch) & { readonly gain: number };

const saws = (spread: number, level = 0.3): SubtractivePatch['waves'] =>
  [-spread, -spread / 3, spread / 2.5, spread].map((cents) => ({ shape: 'saw', cents, level }));

const subtractive = (
  patch: Partial<SubtractivePatch> & { gain?: number },
): SubtractivePatch & { gain: number } => ({
  kind: 'subtractive',
  waves: [{ shape: 'saw', cents: 0, level: 0.6 }],
  cutoffHz: 900,
  opens: 3,
  resonance: 0.15,
  attack: 0.01,
  decay: 0.3,
  sustain: 0.7,
  release: 0.15,
  vibratoCents: 0,
  breath: 0,
  drive: 0,
  gain: 1,
  ...patch,
});

const PIANO_PARTIALS = Array.from({ length: 12 }, (_, index): readonly [number, number, number] => {
  const n = index + 1;
  return [n * Math.sqrt(1 + 0.0004 * n * n), 0.55 / n ** 1.15, 3.4 / (1 + 0.55 * index)];
});

export const PATCHES = {
  piano: { kind: 'modal', partials: PIANO_PARTIALS, strike: 0.05, release: 0.25, gain: 0.9 },
  vibes: {
    kind: 'modal',
    partials: [
      [1, 0.7, 2.6],
      [3.98, 0.22, 0.8],
      [9.9, 0.08, 0.25],
    ],
    strike: 0.03,
    release: 0.5,
    gain: 1,
  },
  marimba: {
    kind: 'modal',
    partials: [
      [1, 0.8, 0.7],
      [3.93, 0.3, 0.22],
      [9.5, 0.1, 0.08],
    ],
    strike: 0.06,
    release: 0.2,
    gain: 1,
  },
  epiano: {
    kind: 'fm',
    ratio: 1,
    index: 1.6,
    indexDecay: 0.6,
    attack: 0.004,
    decay: 1.8,
    sustain: 0.25,
    release: 0.3,
    gain: 0.6,
  },
  bell: {
    kind: 'fm',
    ratio: 3.5,
    index: 1.9,
    indexDecay: 1.1,
    attack: 0.004,
    decay: 2.6,
    sustain: 0.05,
    release: 0.9,
    gain: 0.5,
  },
  guitar: { kind: 'pluck', brightness: 0.55, decaySeconds: 2.2, buzz: 0, release: 0.12, gain: 0.85 },
  harp: { kind: 'pluck', brightness: 0.4, decaySeconds: 2.6, buzz: 0, release: 0.8, gain: 0.85 },
  pluck: { kind: 'pluck', brightness: 0.7, decaySeconds: 1, buzz: 0, release: 0.2, gain: 0.7 },
  sitar: { kind: 'pluck', brightness: 0.9, decaySeconds: 3, buzz: 0.6, release: 0.4, gain: 0.7 },
  upright: { kind: 'pluck', brightness: 0.22, decaySeconds: 1.6, buzz: 0, release: 0.08, gain: 1.5 },
  strings: subtractive({
    waves: saws(9),
    cutoffHz: 700,
    opens: 3,
    resonance: 0.05,
    attack: 0.16,
    decay: 0.4,
    sustain: 0.85,
    release: 0.45,
    vibratoCents: 5,
    gain: 0.5,
  }),
  warmPad: subtractive({
    waves: saws(13),
    cutoffHz: 320,
    opens: 1.8,
    resonance: 0.1,
    attack: 0.5,
    decay: 0.8,
    sustain: 0.85,
    release: 0.9,
    gain: 0.6,
  }),
  spiccato: subtractive({
    waves: saws(6),
    cutoffHz: 800,
    opens: 4,
    attack: 0.012,
    decay: 0.16,
    sustain: 0.1,
    release: 0.12,
    gain: 0.7,
  }),
  violin: subtractive({
    waves: saws(4, 0.28),
    cutoffHz: 1400,
    opens: 3,
    attack: 0.07,
    decay: 0.2,
    sustain: 0.85,
    release: 0.2,
    vibratoCents: 13,
    gain: 0.55,
  }),
  cello: subtractive({
    waves: saws(5),
    cutoffHz: 380,
    opens: 3.5,
    attack: 0.05,
    decay: 0.3,
    sustain: 0.8,
    release: 0.2,
    vibratoCents: 7,
    gain: 0.9,
  }),
  brass: subtractive({
    waves: saws(5),
    cutoffHz: 420,
    opens: 5,
    resonance: 0.08,
    attack: 0.05,
    decay: 0.25,
    sustain: 0.75,
    release: 0.16,
    vibratoCents: 6,
    gain: 0.6,
  }),
  sax: subtractive({
    waves: [
      { shape: 'saw', cents: 0, level: 0.5 },
      { shape: 'square', cents: 3, level: 0.3 },
    ],
    cutoffHz: 800,
    opens: 3,
    resonance: 0.25,
    attack: 0.04,
    decay: 0.2,
    sustain: 0.8,
    release: 0.12,
    vibratoCents: 11,
    breath: 0.05,
    gain: 0.55,
  }),
  flute: subtractive({
    waves: [
      { shape: 'sine', cents: 0, level: 0.8 },
      { shape: 'square', cents: 0, level: 0.12 },
    ],
    cutoffHz: 1600,
    opens: 2,
    attack: 0.06,
    decay: 0.2,
    sustain: 0.9,
    release: 0.14,
    vibratoCents: 9,
    breath: 0.09,
    gain: 0.75,
  }),
  organ: subtractive({
    waves: [
      { shape: 'sine', cents: 0, level: 0.5 },
      { shape: 'sine', cents: 1200, level: 0.35 },
      { shape: 'sine', cents: 1902, level: 0.22 },
      { shape: 'saw', cents: 2, level: 0.1 },
    ],
    cutoffHz: 2600,
    opens: 1,
    attack: 0.008,
    decay: 0.1,
    sustain: 0.9,
    release: 0.09,
    vibratoCents: 4,
    gain: 0.55,
  }),
  synthLead: subtractive({
    waves: [
      { shape: 'saw', cents: -6, level: 0.4 },
      { shape: 'saw', cents: 6, level: 0.4 },
      { shape: 'square', cents: -1200, level: 0.2 },
    ],
    cutoffHz: 1300,
    opens: 4,
    resonance: 0.2,
    attack: 0.01,
    decay: 0.25,
    sustain: 0.6,
    release: 0.2,
    vibratoCents: 6,
    gain: 0.5,
  }),
  fuzz: subtractive({
    waves: saws(7, 0.4),
    cutoffHz: 1500,
    opens: 2,
    resonance: 0.15,
    attack: 0.006,
    decay: 0.4,
    sustain: 0.75,
    release: 0.12,
    drive: 3,
    gain: 0.42,
  }),
  bass: subtractive({
    waves: [
      { shape: 'saw', cents: 0, level: 0.5 },
      { shape: 'sine', cents: 0, level: 0.6 },
    ],
    cutoffHz: 260,
    opens: 5,
    attack: 0.006,
    decay: 0.22,
    sustain: 0.65,
    release: 0.07,
    gain: 0.9,
  }),
  acid: subtractive({
    waves: [
      { shape: 'square', cents: 0, level: 0.4 },
      { shape: 'sine', cents: 0, level: 0.6 },
    ],
    cutoffHz: 180,
    opens: 7,
    resonance: 0.4,
    attack: 0.005,
    decay: 0.16,
    sustain: 0.5,
    release: 0.06,
    gain: 0.9,
  }),
  sub: subtractive({
    waves: [
      { shape: 'sine', cents: 0, level: 0.9 },
      { shape: 'saw', cents: 0, level: 0.12 },
    ],
    cutoffHz: 300,
    opens: 2,
    attack: 0.02,
    decay: 0.4,
    sustain: 0.8,
    release: 0.2,
    gain: 0.95,
  }),
} as const satisfies Readonly<Record<string, Patch>>;
export type PatchName = keyof typeof PATCHES;
