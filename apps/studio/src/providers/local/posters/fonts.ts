import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { sfntOf } from './woff.js';

/** The families that ship with the application. */
export const FONT_FAMILIES = ['Playfair Display', 'Dancing Script', 'Poppins', 'Inter', 'Noto Sans'] as const;
export type FontFamily = (typeof FONT_FAMILIES)[number];
export type FontWeight = 300 | 400 | 500 | 600 | 700 | 800 | 900;

/** A family in one weight; letters that it lacks come from Noto Sans in the same weight. */
export interface Face {
  readonly family: FontFamily;
  readonly weight: FontWeight;
  readonly italic: boolean;
}

/** One font file. */
export interface FontFile {
  readonly id: string;
  readonly bytes: Buffer;
  readonly font: Font;
}

interface FamilyFiles {
  readonly folder: string;
  readonly subsets: readonly string[];
  readonly lightest: number;
  readonly heaviest: number;
  readonly italics: boolean;
}

const EUROPEAN = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese'];
const FILES: Readonly<Record<FontFamily | 'Noto Sans Devanagari', FamilyFiles>> = {
  'Playfair Display': {
    folder: 'playfair-display',
    subsets: ['latin', 'latin-ext', 'cyrillic', 'vietnamese'],
    lightest: 400,
    heaviest: 900,
    italics: true,
  },
  'Dancing Script': {
    folder: 'dancing-script',
    subsets: ['latin', 'latin-ext', 'vietnamese'],
    lightest: 400,
    heaviest: 700,
    italics: false,
  },
  Poppins: {
    folder: 'poppins',
    subsets: ['latin', 'latin-ext', 'devanagari'],
    lightest: 300,
    heaviest: 900,
    italics: true,
  },
  Inter: { folder: 'inter', subsets: EUROPEAN, lightest: 300, heaviest: 900, italics: true },
  'Noto Sans': { folder: 'noto-sans', subsets: EUROPEAN, lightest: 300, heaviest: 900, italics: true },
  'Noto Sans Devanagari': {
    folder: 'noto-sans-devanagari',
    subsets: ['devanagari'],
    lightest: 300,
    heaviest: 900,
    italics: false,
  },
};

const resolver = createRequire(import.meta.url);
const loaded = new Map<string, FontFile>();
const chains = new Map<string, readonly string[]>();

function fileOf(id: string): FontFile {
  const known = loaded.get(id);
  if (known !== undefined) return known;
  const [folder = '', name = ''] = id.split('/');
  const bytes = sfntOf(readFileSync(resolver.resolve(`@fontsource/${folder}/files/${name}.woff`)));
  const file = { id, bytes, font: create(bytes) };
  loaded.set(id, file);
  return file;
}

function idsOf(family: keyof typeof FILES, { weight, italic }: Face): string[] {
  const { folder, subsets, lightest, heaviest, italics } = FILES[family];
  const nearest = Math.min(heaviest, Math.max(lightest, weight));
  const style = italic && italics ? 'italic' : 'normal';
  return subsets.map((subset) => `${folder}/${folder}-${subset}-${nearest}-${style}`);
}

function chainOf(face: Face): readonly string[] {
  const key = `${face.family}|${face.weight}|${face.italic}`;
  const known = chains.get(key);
  if (known !== undefined) return known;
  const chain = [
    ...idsOf(face.family, face),
    ...(face.family === 'Noto Sans' ? [] : idsOf('Noto Sans', face)),
    ...idsOf('Noto Sans Devanagari', face),
  ];
  chains.set(key, chain);
  return chain;
}

/** Joiners and selectors shape their neighbours and need no glyph of their own. */
const INVISIBLE = /^(?:\p{Cf}|\ufe0e|\ufe0f)$/u;

/** The first file of the face's chain that has every letter of `cluster`; undefined: none has. */
export function fontFor(cluster: string, face: Face): FontFile | undefined {
  const points = [...cluster].filter((letter) => !INVISIBLE.test(letter));
  for (const id of chainOf(face)) {
    const file = fileOf(id);
    if (points.every((letter) => file.font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0))) return file;
  }
  return undefined;
}

/** The face's own first file, for its metrics. */
export function primaryFont(face: Face): FontFile {
  return fileOf(chainOf(face)[0] ?? '');
}
