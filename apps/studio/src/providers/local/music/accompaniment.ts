import type { Random } from '../images/random.js';
import type { Genre, Groove } from './genres.js';
import { DRUM, type Note, type Part } from './score.js';

/** One bar to be filled. */
export interface Bar {
  readonly startBeats: number;
  readonly beats: number;
  readonly energy: number;
  /** MIDI numbers of the chord, low to high. */
  readonly chord: readonly number[];
  /** The bass note of this bar and of the next. */
  readonly root: number;
  readonly nextRoot: number;
}

type Hit = readonly [at: number, length: number, midi: number, velocity: number];

const placed = (part: Part, { startBeats }: Bar, hits: readonly Hit[]): Note[] =>
  hits.map(([at, lengthBeats, midi, velocity]) => ({
    part,
    startBeats: startBeats + at,
    lengthBeats,
    midi,
    velocity,
  }));

function bassHits(style: Genre['bass'], { root, nextRoot, beats, energy }: Bar): Hit[] {
  const loud = 0.62 + energy * 0.25;
  const fifth = root + 7 > 52 ? root - 5 : root + 7;
  switch (style) {
    case 'drone':
      return [[0, beats, root, loud * 0.8]];
    case 'eighths':
      return Array.from({ length: beats * 2 }, (_, index): Hit => [
        index / 2,
        0.44,
        index === beats * 2 - 1 ? fifth : root,
        index % 2 === 0 ? loud : loud * 0.8,
      ]);
    case 'offbeat':
      return Array.from({ length: beats }, (_, index): Hit => [
        index + 0.5,
        0.42,
        index === beats - 1 ? root + 12 : root,
        loud,
      ]);
    case 'walking': {
      const approach = nextRoot + (nextRoot > root ? -1 : 1);
      return [
        [0, 0.9, root, loud],
        [1, 0.9, root + 4, loud * 0.85],
        [2, 0.9, fifth, loud * 0.95],
        [3, 0.9, approach, loud * 0.85],
      ];
    }
    case 'tumbao':
      return [
        [0, 1.3, root, loud * 0.8],
        [1.5, 1.3, fifth, loud],
        [3, 0.95, nextRoot, loud],
      ];
    case 'waltz':
      return [[0, beats * 0.9, root, loud]];
    case 'roots':
      return [
        [0, 1.4, root, loud],
        [1.5, 0.45, root, loud * 0.7],
        [2, 1.4, fifth, loud * 0.85],
        [3.5, 0.45, root, loud * 0.7],
      ];
  }
}

function keysHits(style: Genre['keys'], { chord, beats, energy }: Bar): Hit[] {
  const loud = 0.42 + energy * 0.25;
  const all = (at: number, length: number, share = 1): Hit[] =>
    chord.map((midi, index) => [at + index * 0.012, length, midi, loud * share]);
  const tone = (index: number): number => chord[index % chord.length] ?? 60;
  switch (style) {
    case 'none':
      return [];
    case 'block':
      return [...all(0, beats * 0.48), ...all(beats / 2, beats * 0.48, 0.85)];
    case 'offbeat':
      return Array.from({ length: beats }, (_, beat) =>
        all(beat + 0.5, 0.32, beat % 2 === 0 ? 1 : 0.85),
      ).flat();
    case 'arpeggio':
      return Array.from({ length: beats }, (_, index): Hit => [
        index,
        1.8,
        tone(index) + (index >= chord.length ? 12 : 0),
        loud * 0.9,
      ]);
    case 'strum':
      return [
        [0, 1],
        [1, 0.7],
        [1.5, 0.8],
        [2.5, 0.85],
        [3, 0.7],
        [3.5, 0.75],
      ].flatMap(([at = 0, share = 1]) =>
        chord.map((midi, index): Hit => [at + index * 0.02, 0.8, midi, loud * share]),
      );
    case 'swing':
      return [...all(0, 0.6, 0.9), ...all(1.5, 0.4), ...all(3.5, 0.35, 0.8)];
    case 'montuno':
      return [0, 0.5, 1.5, 2, 2.5, 3.5].flatMap((at, index): Hit[] => [
        [at, 0.42, tone(index), loud],
        [at, 0.42, tone(index) + 12, loud * 0.9],
      ]);
    case 'waltz':
      return [...all(1, 0.7, 0.8), ...all(2, 0.7, 0.7)];
  }
}

function drumHits(groove: Groove, energy: number, beats: number, fill: boolean, random: Random): Hit[] {
  const steps = beats * 4;
  const line = (pattern: string, midi: number, loud: number): Hit[] =>
    [...pattern]
      .slice(0, steps)
      .flatMap((mark, step): Hit[] =>
        mark === '.' || (fill && step >= steps - 4 && midi !== DRUM.kick)
          ? []
          : [[step / 4, 0.2, midi, loud * (mark === 'x' ? 1 : 0.55) * random.between(0.9, 1)]],
      );
  const hits = [
    ...line(groove.kick, DRUM.kick, 0.95),
    ...(energy > 0.5 ? line(groove.snare, DRUM.snare, 0.8) : []),
    ...line(groove.hat, DRUM.closedHat, 0.3 + energy * 0.25),
    ...(groove.extra !== undefined && energy > 0.6
      ? line(groove.extra.steps, DRUM[groove.extra.drum], 0.6)
      : []),
  ];
  if (!fill) return hits;
  const rolls = [0, 1, 2, 3].map((step): Hit => [
    beats - 1 + step / 4,
    0.2,
    step % 2 === 0 ? DRUM.snare : DRUM.tom,
    0.55 + step * 0.12,
  ]);
  return [...hits, ...rolls];
}

export const bassOf = (genre: Genre, bar: Bar): Note[] => placed('bass', bar, bassHits(genre.bass, bar));

export const keysOf = (genre: Genre, bar: Bar): Note[] => placed('keys', bar, keysHits(genre.keys, bar));

export const padOf = (bar: Bar): Note[] =>
  placed(
    'pad',
    bar,
    bar.chord.map((midi): Hit => [0, bar.beats * 1.04, midi, 0.35 + bar.energy * 0.3]),
  );

export const arpOf = (bar: Bar): Note[] =>
  placed(
    'arp',
    bar,
    Array.from({ length: bar.beats * 2 }, (_, index): Hit => {
      const at = index % (bar.chord.length * 2 - 2);
      const tone = bar.chord[at < bar.chord.length ? at : bar.chord.length * 2 - 2 - at] ?? 60;
      return [index / 2, 0.45, tone + 12, 0.3 + bar.energy * 0.25];
    }),
  );

export function drumsOf(
  genre: Genre,
  bar: Bar,
  { fill, crash, random, groove }: { fill: boolean; crash: boolean; random: Random; groove: number },
): Note[] {
  const played = genre.grooves[groove % Math.max(1, genre.grooves.length)];
  if (played === undefined) return [];
  const hits = drumHits(played, bar.energy, bar.beats, fill, random);
  return placed('drums', bar, crash ? [...hits, [0, 1, DRUM.crash, 0.55]] : hits);
}
