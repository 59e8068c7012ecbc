import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype from 'opentype.js';
import { outlines } from '../images/outlines.js';
import { num } from '../images/svg.js';

/** A line of type as outlines: text itself never enters an SVG. */
export interface SetLine {
  /** Path data with the line's left end at 0 and its baseline at 0. */
  readonly d: string;
  /** Pixels. */
  readonly width: number;
}

export type Face = 'sans' | 'serif' | 'light';

const require = createRequire(import.meta.url);
const NOTO = ['latin-ext', 'cyrillic', 'greek', 'vietnamese'].map(
  (subset) => `@fontsource/noto-sans/files/noto-sans-${subset}-700-normal.woff`,
);

/** The face and, for letters that it lacks, its stand-ins. */
const FILES: Readonly<Record<Face, readonly string[]>> = {
  sans: [
    '@fontsource/poppins/files/poppins-latin-600-normal.woff',
    '@fontsource/poppins/files/poppins-latin-ext-600-normal.woff',
    ...NOTO,
  ],
  serif: ['@fontsource/playfair-display/files/playfair-display-latin-800-normal.woff', ...NOTO],
  light: ['@fontsource/poppins/files/poppins-latin-500-normal.woff', ...NOTO],
};

const fonts = new Map<string, opentype.Font>();

function fontAt(file: string): opentype.Font {
  const known = fonts.get(file);
  if (known !== undefined) return known;
  const bytes = readFileSync(require.resolve(file));
  const font = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  fonts.set(file, font);
  return font;
}

const fontFor = (face: Face, letter: string): opentype.Font | undefined =>
  FILES[face].map(fontAt).find((font) => font.charToGlyphIndex(letter) !== 0);

/** Letters that no font here has. */
export function lacking(text: string, face: Face): string {
  return [...new Set(text)]
    .filter((letter) => letter.trim() !== '' && fontFor(face, letter) === undefined)
    .join('');
}

/** Neighbouring letters of one font, so that kerning works within them. */
function runs(text: string, face: Face): { font: opentype.Font; text: string }[] {
  const result: { font: opentype.Font; text: string }[] = [];
  for (const letter of text) {
    const last = result.at(-1);
    const font = letter === ' ' ? (last?.font ?? fontFor(face, ' ')) : fontFor(face, letter);
    if (font === undefined) continue;
    if (last?.font === font) last.text += letter;
    else result.push({ font, text: letter });
  }
  return result;
}

/** @param size of the type, @param tracking added after each letter, both in pixels */
export function setLine(text: string, face: Face, size: number, tracking = 0): SetLine {
  let x = 0;
  const parts: string[] = [];
  for (const run of runs(text, face)) {
    for (const piece of tracking === 0 ? [run.text] : run.text) {
      parts.push(outlines(run.font.getPath(piece, x, 0, size)));
      x += run.font.getAdvanceWidth(piece, size) + tracking;
    }
  }
  return { d: parts.join(''), width: Math.max(0, x - tracking) };
}

/** Breaks a text into lines that are no wider than `width`. */
export function broken(text: string, face: Face, size: number, width: number): string[] {
  const result: string[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const last = result.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || setLine(longer, face, size).width > width) result.push(word);
    else result[result.length - 1] = longer;
  }
  return result;
}

/** The largest size at which a text needs at most `rows` lines of `width`, each whole. */
export function fitted(
  text: string,
  face: Face,
  { width, rows, largest }: { readonly width: number; readonly rows: number; readonly largest: number },
): { readonly size: number; readonly lines: string[] } {
  let size = largest;
  for (;;) {
    const lines = broken(text, face, size, width);
    const whole = lines.every((line) => setLine(line, face, size).width <= width);
    if ((lines.length <= rows && whole) || size < largest * 0.25) return { size, lines };
    size *= 0.94;
  }
}

/** A line at its place in an SVG. */
export const lineMarkup = (line: SetLine, x: number, y: number, fill: string): string =>
  `<path transform="translate(${num(x)} ${num(y)})" d="${line.d}" fill="${fill}"/>`;
