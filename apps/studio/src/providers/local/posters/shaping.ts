import { emojiOf } from './emoji.js';
import { type Face, fontFor, type FontFile, primaryFont } from './fonts.js';

/** A stretch of text in one font, or one emoji. Widths are in em. */
export type Run =
  | {
      readonly kind: 'letters';
      readonly text: string;
      readonly file: FontFile;
      readonly em: number;
      readonly count: number;
    }
  | {
      readonly kind: 'emoji';
      readonly text: string;
      readonly icon: string;
      readonly em: number;
      readonly count: 1;
    };

/** A shaped stretch. */
export interface Shaped {
  readonly runs: readonly Run[];
  readonly em: number;
  /** Clusters, each of which is followed by the tracking. */
  readonly count: number;
  /** Clusters that no font has. */
  readonly missing: readonly string[];
}

/** Figures as tall as capitals: 19:30 must not look like 1930. */
export const FEATURES: string[] = ['lnum'];

const EMOJI_EM = 1.12;
const CACHE_LIMIT = 4_000;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const cache = new Map<string, Shaped>();

/** The letters as a reader counts them. */
export function clustersOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Clusters that can be set neither as letters nor as emoji. */
export function missingLetters(text: string): string[] {
  const face: Face = { family: 'Noto Sans', weight: 400, italic: false };
  return [...new Set(shape(text.replace(/\s+/gu, ' '), face).missing)];
}

function pieces(
  text: string,
  face: Face,
): { runs: { text: string; file?: FontFile; icon?: string; count: number }[]; missing: string[] } {
  const runs: { text: string; file?: FontFile; icon?: string; count: number }[] = [];
  const missing: string[] = [];
  for (const cluster of clustersOf(text)) {
    const last = runs.at(-1);
    const pictured = /\p{Emoji_Presentation}|\ufe0f/u.test(cluster) ? emojiOf(cluster) : undefined;
    const same = cluster === ' ' && last?.file !== undefined ? last.file : undefined;
    const file = pictured === undefined ? (same ?? fontFor(cluster, face)) : undefined;
    const icon = pictured ?? (file === undefined ? emojiOf(cluster) : undefined);
    if (file !== undefined && last?.file === file) {
      last.text += cluster;
      last.count += 1;
    } else if (file !== undefined) runs.push({ text: cluster, file, count: 1 });
    else if (icon !== undefined) runs.push({ text: cluster, icon, count: 1 });
    else missing.push(cluster);
  }
  return { runs, missing };
}

/** Splits into fonts and measures. Letters that no font has are left out and told. */
export function shape(text: string, face: Face): Shaped {
  const key = `${face.family}|${face.weight}|${face.italic}|${text}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const split = pieces(text, face);
  const runs = split.runs.map(({ text: part, file, icon, count }): Run => {
    if (file === undefined) return { kind: 'emoji', text: part, icon: icon ?? '', em: EMOJI_EM, count: 1 };
    const { font } = file;
    return {
      kind: 'letters',
      text: part,
      file,
      em: font.layout(part, FEATURES).advanceWidth / font.unitsPerEm,
      count,
    };
  });
  const shaped = {
    runs,
    em: runs.reduce((sum, { em }) => sum + em, 0),
    count: runs.reduce((sum, { count }) => sum + count, 0),
    missing: split.missing,
  };
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(key, shaped);
  return shaped;
}

/** How far letters reach above and below the baseline, in em: the face's own, or more where a line mixes scripts. */
export function reachOf(face: Face): { readonly above: number; readonly below: number } {
  const { font } = primaryFont(face);
  return { above: font.ascent / font.unitsPerEm, below: -font.descent / font.unitsPerEm };
}
