/** Who plays. Each part has one instrument and its place in the room. */
export const PARTS = ['lead', 'keys', 'pad', 'arp', 'bass', 'drums'] as const;
export type Part = (typeof PARTS)[number];

/** Notes of the `drums` part use these numbers, as General MIDI does. */
export const DRUM = {
  kick: 36,
  snare: 38,
  clap: 39,
  tom: 45,
  closedHat: 42,
  openHat: 46,
  crash: 49,
  shaker: 70,
} as const;

/** One sounding note. Times in beats from the beginning, `velocity` 0-1. */
export interface Note {
  readonly part: Part;
  readonly startBeats: number;
  readonly lengthBeats: number;
  /** MIDI note number; for drums one of {@link DRUM}. */
  readonly midi: number;
  readonly velocity: number;
}

/** A stretch of the form. `energy` 0-1 decides who plays and how much. */
export interface Section {
  readonly name: 'intro' | 'A' | 'B' | 'C' | 'outro';
  readonly startBar: number;
  readonly bars: number;
  readonly energy: number;
}

/** A composed piece, before anybody plays it. */
export interface Score {
  readonly title: string;
  readonly genre: string;
  readonly mood: string;
  readonly tempoBpm: number;
  readonly beatsPerBar: number;
  /** E.g. `D dorian`. */
  readonly key: string;
  readonly sections: readonly Section[];
  readonly notes: readonly Note[];
  /** With the tail in which the last chord dies away. */
  readonly durationSeconds: number;
}
