import type { Section } from './score.js';

/** Seconds in which the last chord dies away. */
export const TAIL_SECONDS = 2.4;

/** The bars of a piece and the tempo at which they fill its time exactly. */
export interface Form {
  readonly sections: readonly Section[];
  readonly bars: number;
  readonly tempoBpm: number;
}

const PATTERNS: Readonly<Record<number, string>> = { 1: 'A', 2: 'AB', 3: 'ABA', 4: 'AABA' };
const LONG = 'AABACABA';
const ENERGIES = { A: 0.75, B: 1, C: 0.55 } as const;

function bodyOf(bars: number): { names: string; lengths: number[] } {
  const count = Math.max(1, Math.round(bars / (bars >= 16 ? 8 : 4)));
  const names = PATTERNS[count] ?? LONG.repeat(Math.ceil(count / LONG.length)).slice(0, count);
  const edges = Array.from({ length: count + 1 }, (_, index) => Math.round((bars * index) / count / 2) * 2);
  edges[count] = bars;
  return { names, lengths: edges.slice(1).map((edge, index) => edge - (edges[index] ?? 0)) };
}

/**
 * Intro, A, A, B, A, outro, as far as the time allows.
 * @param tempoBpm wished; moved by as much as whole bars need
 */
export function formOf(durationSeconds: number, tempoBpm: number, beatsPerBar: number): Form {
  const seconds = durationSeconds - TAIL_SECONDS;
  const bars = Math.max(3, Math.round((seconds * tempoBpm) / 60 / beatsPerBar));
  const edge = bars >= 24 ? 4 : bars >= 12 ? 2 : bars >= 6 ? 1 : 0;
  const { names, lengths } = bodyOf(bars - edge * 2);
  const sections: Section[] = [];
  let at = 0;
  const add = (name: Section['name'], length: number, energy: number): void => {
    if (length > 0) sections.push({ name, startBar: at, bars: length, energy });
    at += length;
  };
  add('intro', edge, 0.45);
  let heard = 0;
  for (const [index, length] of lengths.entries()) {
    const name = names[index] === 'B' ? 'B' : names[index] === 'C' ? 'C' : 'A';
    add(name, length, name === 'A' ? ENERGIES.A + Math.min(0.2, heard++ * 0.1) : ENERGIES[name]);
  }
  add('outro', edge, 0.5);
  return { sections, bars, tempoBpm: (bars * beatsPerBar * 60) / seconds };
}
