/** Scales as semitones above the tonic. */
export const SCALES = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
  harmonicMinor: [0, 2, 3, 5, 7, 8, 11],
  bhairav: [0, 1, 4, 5, 7, 8, 11],
} as const;
export type ScaleName = keyof typeof SCALES;

/** A key: the MIDI number of its tonic in the octave of middle C, and its scale. */
export interface Key {
  readonly tonic: number;
  readonly scale: ScaleName;
}

const NAMES = ['C', 'D flat', 'D', 'E flat', 'E', 'F', 'G flat', 'G', 'A flat', 'A', 'B flat', 'B'];
const SCALE_WORDS: Readonly<Partial<Record<ScaleName, string>>> = { harmonicMinor: 'harmonic minor' };

export function keyName({ tonic, scale }: Key): string {
  return `${NAMES[tonic % 12] ?? 'C'} ${SCALE_WORDS[scale] ?? scale}`;
}

/** The MIDI number of a scale degree: 0 is the tonic, 7 the tonic an octave above, -1 the note below it. */
export function pitch({ tonic, scale }: Key, degree: number): number {
  const steps = SCALES[scale];
  const octave = Math.floor(degree / 7);
  return tonic + octave * 12 + (steps[degree - octave * 7] ?? 0);
}

/** The degrees of a chord on `root`, in thirds: three tones, or four with the seventh. */
export function chordDegrees(root: number, tones: 3 | 4): number[] {
  return Array.from({ length: tones }, (_, index) => root + index * 2);
}

/** Puts each tone into the octave where it lies nearest to the chord before, so that voices move little. */
export function voiceLead(
  key: Key,
  degrees: readonly number[],
  before: readonly number[],
  centre: number,
): number[] {
  const target = before.length === 0 ? centre : before.reduce((sum, midi) => sum + midi, 0) / before.length;
  const middle = target * 0.7 + centre * 0.3;
  return degrees
    .map((degree) => {
      const midi = pitch(key, degree);
      return midi + Math.round((middle - midi) / 12) * 12;
    })
    .sort((a, b) => a - b);
}

/** The degree nearest to `degree` that belongs to the chord. */
export function nearestChordTone(degree: number, root: number): number {
  const within = [0, 2, 4];
  const candidates = [-14, -7, 0, 7, 14].flatMap((octave) => within.map((third) => root + third + octave));
  return candidates.reduce(
    (best, candidate) => (Math.abs(candidate - degree) < Math.abs(best - degree) ? candidate : best),
    root,
  );
}
