import { createRandom, type Random } from '../images/random.js';
import { arpOf, type Bar, bassOf, drumsOf, keysOf, padOf } from './accompaniment.js';
import { formOf, TAIL_SECONDS } from './form.js';
import type { Genre } from './genres.js';
import { chordDegrees, type Key, keyName, pitch, voiceLead } from './harmony.js';
import { developed, motifOf } from './melody.js';
import type { MusicBrief } from './music-brief.js';
import type { Note, Part, Score, Section } from './score.js';
import { musicTitle } from './titles.js';

const CHORD_CENTRE = 60;
const BASS_LOWEST = 31;
/** How long the last chord is left to die away after it was held. */
const RELEASE_SECONDS = 0.4;
/** How early or late a human hand is. */
const LOOSENESS_BEATS = 0.012;

interface Harmony {
  readonly root: number;
  readonly chord: readonly number[];
}

/** The chord of each bar: every section letter has its own progression, and the piece ends on the tonic. */
function harmonies(brief: MusicBrief, sections: readonly Section[], random: Random): Harmony[] {
  const { genre, key } = brief;
  const shuffled = random.shuffle(genre.progressions);
  const of = {
    A: shuffled[0],
    B: shuffled[1],
    C: shuffled[2] ?? shuffled[0],
    intro: shuffled[0],
    outro: shuffled[0],
  };
  const bars: Harmony[] = [];
  for (const { name, bars: length } of sections) {
    const progression = of[name] ?? [0];
    for (let bar = 0; bar < length; bar += 1) {
      const isLast = bars.length + 1 === (sections.at(-1)?.startBar ?? 0) + (sections.at(-1)?.bars ?? 0);
      const root = isLast ? 0 : (progression[bar % progression.length] ?? 0);
      const before = bars.at(-1)?.chord ?? [];
      bars.push({
        root,
        chord: voiceLead(key, chordDegrees(root, genre.sevenths ? 4 : 3), before, CHORD_CENTRE),
      });
    }
  }
  return bars;
}

function bassNote(key: Key, root: number): number {
  const midi = pitch(key, root) - 24;
  return midi < BASS_LOWEST ? midi + 12 : midi > BASS_LOWEST + 14 ? midi - 12 : midi;
}

/** Who plays in a section: few at the ends, all in the middle. */
function plays(part: Part, { name, energy }: Section, genre: Genre): boolean {
  switch (part) {
    case 'lead':
      return name !== 'intro' && name !== 'outro';
    case 'arp':
      return genre.arp && energy > 0.8;
    case 'drums':
      return name !== 'intro' && (name !== 'C' || genre.sidechain > 0.5);
    case 'keys':
      return genre.keys !== 'none' && name !== 'C';
    case 'pad':
      return true;
    case 'bass':
      return name !== 'intro' || genre.bass === 'drone';
  }
}

interface Material {
  readonly brief: MusicBrief;
  readonly harmony: readonly Harmony[];
  readonly motifs: Readonly<Record<Section['name'], ReturnType<typeof motifOf>>>;
  readonly random: Random;
}

function melodyOf(
  { brief, motifs, random }: Material,
  section: Section,
  bar: Bar,
  index: number,
  root: number,
): Note[] {
  const notes = developed(motifs[section.name], {
    bar: index,
    root,
    beatsPerBar: bar.beats,
    random,
    last: index === section.bars - 1,
  });
  const lift = section.name === 'B' && index % 4 >= 2 ? 7 : 0;
  return notes.map(({ at, length, degree }) => {
    const midi = pitch(brief.key, degree + lift);
    return {
      part: 'lead',
      startBeats: bar.startBeats + at,
      lengthBeats: length,
      midi: midi > 86 ? midi - 12 : midi,
      velocity: 0.6 + bar.energy * 0.25 + (at === 0 ? 0.08 : 0),
    };
  });
}

function barNotes(material: Material, section: Section, index: number): Note[] {
  const { brief, harmony, random } = material;
  const { genre, key } = brief;
  const at = section.startBar + index;
  const { root, chord } = harmony[at] ?? { root: 0, chord: [CHORD_CENTRE] };
  const bar: Bar = {
    startBeats: at * genre.beatsPerBar,
    beats: genre.beatsPerBar,
    energy: section.energy,
    chord,
    root: bassNote(key, root),
    nextRoot: bassNote(key, harmony[at + 1]?.root ?? 0),
  };
  const fill = index === section.bars - 1 && section.bars >= 4;
  const crash = index === 0 && section.energy > 0.9;
  const by: Readonly<Record<Part, () => Note[]>> = {
    lead: () => melodyOf(material, section, bar, index, root),
    keys: () => keysOf(genre, bar),
    pad: () => padOf(bar),
    arp: () => arpOf(bar),
    bass: () => bassOf(genre, bar),
    drums: () => drumsOf(genre, bar, { fill, crash, random, groove: section.name === 'B' ? 1 : 0 }),
  };
  const parts: readonly Part[] = ['lead', 'keys', 'pad', 'arp', 'bass', 'drums'];
  return parts.filter((part) => plays(part, section, genre)).flatMap((part) => by[part]());
}

/** The last chord, held while it dies away. */
function ending({ brief, harmony }: Material, bars: number, tempoBpm: number): Note[] {
  const { genre, key } = brief;
  const lengthBeats = ((TAIL_SECONDS - RELEASE_SECONDS) * tempoBpm) / 60;
  const start = { startBeats: bars * genre.beatsPerBar, lengthBeats };
  const chord = harmony.at(-1)?.chord ?? [];
  return [
    ...chord.map((midi): Note => ({ part: 'pad', ...start, midi, velocity: 0.5 })),
    ...chord.map((midi): Note => ({ part: 'keys', ...start, midi, velocity: 0.5 })),
    { part: 'bass', ...start, midi: bassNote(key, 0), velocity: 0.7 },
  ];
}

/** Swing and a human hand. Drums stay closer to the grid than the others. */
function played(notes: readonly Note[], swing: number, random: Random): Note[] {
  return notes.map((note) => {
    const within = note.startBeats % 1;
    const late = Math.abs(within - 0.5) < 0.01 ? swing * 0.5 : 0;
    const loose = random.between(-1, 1) * LOOSENESS_BEATS * (note.part === 'drums' ? 0.3 : 1);
    return { ...note, startBeats: Math.max(0, note.startBeats + late + loose) };
  });
}

/** Composes a piece that lasts exactly as long as asked. Pure: equal briefs give equal scores. */
export function composeScore(brief: MusicBrief, durationSeconds: number): Score {
  const { genre, key, mood } = brief;
  const random = createRandom(brief.seed);
  const form = formOf(durationSeconds, brief.tempoBpm, genre.beatsPerBar);
  const motif = (label: string, more = 0) =>
    motifOf(random.fork(label), genre.beatsPerBar, genre.density + more);
  const [a, b, c] = [motif('motif-a'), motif('motif-b', 1), motif('motif-c', -1)];
  const material: Material = {
    brief,
    harmony: harmonies(brief, form.sections, random.fork('harmony')),
    motifs: { intro: a, A: a, B: b, C: c, outro: a },
    random: random.fork('development'),
  };
  const notes = form.sections.flatMap((section) =>
    Array.from({ length: section.bars }, (_, index) => barNotes(material, section, index)).flat(),
  );
  return {
    title: musicTitle(brief, random.fork('title')),
    genre: genre.name,
    mood,
    tempoBpm: form.tempoBpm,
    beatsPerBar: genre.beatsPerBar,
    key: keyName(key),
    sections: form.sections,
    notes: played(
      [...notes, ...ending(material, form.bars, form.tempoBpm)],
      genre.swing,
      random.fork('hands'),
    ).sort((one, other) => one.startBeats - other.startBeats),
    durationSeconds,
  };
}
