import { outlines } from './outlines.js';
import type { Palette } from './palette.js';
import { darken, mix } from './colour.js';
import { poppins } from './poppins.js';
import { type Frame, rect } from './svg.js';

/** A title set as outlines. */
export interface Title {
  readonly svg: string;
  /** The lower edge of its panel, in pixels. */
  readonly bottom: number;
  /** Letters that the font lacks. */
  readonly missing: string;
}

/** Into at most `count` lines of about the same length. */
function lines(text: string, count: number): string[] {
  const words = text.split(' ');
  const goal = text.length / count;
  const result: string[] = [];
  for (const word of words) {
    const last = result.at(-1);
    if (last === undefined || (last.length + word.length / 2 > goal && result.length < count))
      result.push(word);
    else result[result.length - 1] = `${last} ${word}`;
  }
  return result;
}

/** Sets `text` in the upper part of the picture. The letters become paths: the text itself never enters the SVG. */
export function titleOf(text: string, frame: Frame, palette: Palette): Title {
  const face = poppins(700);
  const missing = [
    ...new Set([...text].filter((letter) => letter !== ' ' && face.charToGlyphIndex(letter) === 0)),
  ].join('');
  const legible = [...text]
    .filter((letter) => !missing.includes(letter))
    .join('')
    .trim();
  if (legible === '') return { svg: '', bottom: 0, missing };
  const space = { width: frame.width * 0.86, height: frame.height * 0.2 };
  const widthOf = (line: string): number => face.getAdvanceWidth(line, 100) / 100;
  const sizeFor = (rows: readonly string[]): number =>
    Math.min(
      space.width / Math.max(...rows.map(widthOf)),
      space.height / (rows.length * 1.18),
      frame.unit * 0.12,
    );
  const rows = [1, 2, 3]
    .map((count) => lines(legible, count))
    .reduce((best, next) => (sizeFor(next) > sizeFor(best) ? next : best));
  const size = sizeFor(rows);
  const pad = size * 0.45;
  const top = frame.height * 0.045;
  const width = Math.max(...rows.map(widthOf)) * size;
  const height = rows.length * size * 1.18;
  const panel = rect(
    (frame.width - width) / 2 - pad,
    top,
    width + pad * 2,
    height + pad,
    darken(mix(palette.accents[3], '#141030', 0.55), 0.2),
    { rx: size * 0.22, opacity: 0.86 },
  );
  const letters = rows
    .map(
      (row, index) =>
        `<path d="${outlines(face.getPath(row, (frame.width - widthOf(row) * size) / 2, top + pad * 0.5 + size * (0.9 + index * 1.18), size))}" fill="#ffffff"/>`,
    )
    .join('');
  return { svg: panel + letters, bottom: top + height + pad, missing };
}
