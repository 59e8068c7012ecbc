import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype from 'opentype.js';

/** The families that can be measured and embedded. */
export type FontName = 'inter' | 'poppins' | 'playfair' | 'dancing' | 'noto';
export interface FontStyle {
  readonly font: FontName;
  readonly bold: boolean;
}

/** What PowerPoint is told: families that its machines have, or a brand's own; none wider than what was measured. */
export const OFFICE_FONTS: Readonly<Record<FontName, string>> = {
  inter: 'Arial',
  poppins: 'Poppins',
  playfair: 'Georgia',
  dancing: 'Dancing Script',
  noto: 'Noto Sans',
};

/** Georgia is a little wider than the Playfair it stands for, and so is whatever a machine without Dancing Script takes. */
const WIDER: Readonly<Record<FontName, number>> = {
  inter: 1,
  poppins: 1.02,
  playfair: 1.12,
  dancing: 1.35,
  noto: 1,
};

const LATIN = ['latin', 'latin-ext'];
const FILES: Readonly<Record<FontName, readonly (readonly [pkg: string, subsets: readonly string[]])[]>> = {
  inter: [['inter', [...LATIN, 'cyrillic', 'greek']]],
  poppins: [['poppins', LATIN]],
  playfair: [['playfair-display', [...LATIN, 'cyrillic']]],
  dancing: [['dancing-script', LATIN]],
  noto: [],
};
/** For letters that a family lacks. */
const FALLBACKS: readonly (readonly [pkg: string, subsets: readonly string[]])[] = [
  ['noto-sans', [...LATIN, 'cyrillic', 'greek', 'devanagari']],
];

const require = createRequire(import.meta.url);

/** One file of a family: some scripts of one weight. */
export interface FontFile {
  readonly key: string;
  readonly path: string;
  readonly face: opentype.Font;
}

const files = new Map<string, FontFile>();
const chains = new Map<string, readonly FontFile[]>();

function load(pkg: string, subset: string, bold: boolean): FontFile {
  const key = `${pkg}-${subset}-${bold ? 700 : 400}`;
  const known = files.get(key);
  if (known !== undefined) return known;
  const path = require.resolve(`@fontsource/${pkg}/files/${key}-normal.woff`);
  const bytes = readFileSync(path);
  const face = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const file = { key, path, face };
  files.set(key, file);
  return file;
}

/** The files to be asked for a letter, one after another. */
function chainOf({ font, bold }: FontStyle): readonly FontFile[] {
  const key = `${font}|${bold}`;
  const known = chains.get(key);
  if (known !== undefined) return known;
  const chain = [...FILES[font], ...FALLBACKS].flatMap(([pkg, subsets]) =>
    subsets.map((subset) => load(pkg, subset, bold)),
  );
  chains.set(key, chain);
  return chain;
}

function fileFor(letter: string, style: FontStyle): FontFile | undefined {
  return chainOf(style).find(({ face }) => face.charToGlyphIndex(letter) > 0);
}

/** A stretch of text that one file can set. */
export interface Run {
  readonly text: string;
  readonly file: FontFile;
}

/** Splits a text by the files that have its letters; those that none has are left out. */
export function runsOf(text: string, style: FontStyle): Run[] {
  const runs: { text: string; file: FontFile }[] = [];
  for (const letter of text) {
    const last = runs.at(-1);
    const file = last !== undefined && letter === ' ' ? last.file : fileFor(letter, style);
    if (file === undefined) continue;
    if (last?.file === file) last.text += letter;
    else runs.push({ text: letter, file });
  }
  return runs;
}

/** The letters of a text that no embedded font has. */
export function missingLetters(text: string, style: FontStyle): string[] {
  return [...new Set(text)].filter((letter) => letter.trim() !== '' && fileFor(letter, style) === undefined);
}

const widths = new Map<string, number>();

/** The width of a text, as a multiple of its size. Letters that no font has are taken for as wide as high. */
export function widthOf(text: string, style: FontStyle): number {
  let sum = 0;
  for (const letter of text) {
    const key = `${style.font}|${style.bold}|${letter}`;
    let width = widths.get(key);
    if (width === undefined) {
      const face = fileFor(letter, style)?.face;
      width =
        face === undefined ? 1 : (face.charToGlyph(letter).advanceWidth ?? face.unitsPerEm) / face.unitsPerEm;
      widths.set(key, width);
    }
    sum += width;
  }
  return sum * WIDER[style.font];
}
