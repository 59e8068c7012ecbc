import type { Random } from '../images/random.js';
import { nearestChordTone } from './harmony.js';

/** One note of a motif; time in beats within the bar, `step` in scale degrees from the motif's beginning. */
export interface MotifNote {
  readonly at: number;
  readonly length: number;
  readonly step: number;
}
export type Motif = readonly MotifNote[];

/** A melody note by scale degree, before it is a pitch. */
export interface MelodyNote extends Omit<MotifNote, 'step'> {
  readonly degree: number;
}

/** A bar's worth of rhythm and contour, to be repeated, moved and turned. */
export function motifOf(random: Random, beatsPerBar: number, density: number): Motif {
  const slots = Array.from({ length: beatsPerBar * 2 }, (_, index) => index / 2);
  const strong = slots.filter((at) => Number.isInteger(at));
  const count = Math.max(2, Math.min(slots.length, density + random.whole(-1, 1)));
  const offbeats = random.shuffle(slots.filter((at) => !Number.isInteger(at)));
  const onbeats = [0, ...random.shuffle(strong.slice(1))];
  const times = [
    ...onbeats.slice(0, Math.ceil(count * 0.6)),
    ...offbeats.slice(0, Math.floor(count * 0.4)),
  ].sort((a, b) => a - b);
  let step = 0;
  return times.map((at, index) => {
    if (index > 0) step += random.pick([-2, -1, -1, 1, 1, 2, index === 1 ? 4 : 2]);
    step = Math.max(-4, Math.min(6, step));
    const until = times[index + 1] ?? beatsPerBar;
    return { at, length: Math.min(2, until - at) * 0.92, step };
  });
}

const turned = (motif: Motif): Motif => motif.map((note) => ({ ...note, step: -note.step }));
const thinned = (motif: Motif): Motif => motif.filter((_, index) => index % 2 === 0);
const rising = (motif: Motif): Motif =>
  motif.map((note, index) => ({ ...note, step: note.step + Math.floor(index / 2) }));

/**
 * What becomes of the motif in each bar of a four-bar phrase: stated, moved with the chord, developed, brought home.
 * @param root the bar's chord as a scale degree
 */
export function developed(
  motif: Motif,
  {
    bar,
    root,
    beatsPerBar,
    random,
    last,
  }: { bar: number; root: number; beatsPerBar: number; random: Random; last: boolean },
): MelodyNote[] {
  const place = bar % 4;
  if (last || (place === 3 && bar % 8 === 7)) {
    const home = nearestChordTone(7, root);
    return [
      { at: 0, length: 0.9, degree: home + 1 },
      { at: 1, length: beatsPerBar - 1.1, degree: home },
    ];
  }
  const variants: readonly Motif[] = [
    motif,
    motif,
    random.chance(0.5) ? turned(motif) : rising(motif),
    thinned(motif),
  ];
  const base = nearestChordTone(7, root);
  return (variants[place] ?? motif).map(({ at, length, step }) => {
    const degree = base + step;
    return { at, length, degree: Number.isInteger(at) ? nearestChordTone(degree, root) : degree };
  });
}
