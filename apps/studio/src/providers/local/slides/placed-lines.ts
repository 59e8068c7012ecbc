import type { Item } from './drawing.js';
import { BULLET_INDENT, heightOf, LINE_HEIGHT, PARAGRAPH_GAP, POINTS_PER_INCH } from './fit-text.js';
import { widthOf } from './fonts.js';

type TextItem = Extract<Item, { kind: 'text' }>;

/** A line of text in its place: points from the slide's upper left corner to its baseline. */
export interface PlacedLine {
  readonly text: string;
  readonly x: number;
  readonly baseline: number;
  /** Where the paragraph's bullet lies, on its first line. */
  readonly bulletX?: number;
}

/** How far below the top of its line a baseline lies, as a multiple of the size. */
const ASCENT = 0.98;

/** The lines of a text, where they come to lie in its area. */
export function placedLines({ area, text, style, bullets, align, valign }: TextItem): PlacedLine[] {
  const { size, lines } = text;
  const free = area.h - heightOf(lines, size);
  const top = area.y + (valign === 'middle' ? free / 2 : valign === 'bottom' ? free : 0);
  const indent = bullets ? BULLET_INDENT * size : 0;
  const left = area.x * POINTS_PER_INCH + indent;
  const width = area.w * POINTS_PER_INCH - indent;
  let y = top * POINTS_PER_INCH;
  const placed: PlacedLine[] = [];
  for (const [paragraph, rows] of lines.entries()) {
    if (paragraph > 0) y += PARAGRAPH_GAP * size;
    for (const [row, line] of rows.entries()) {
      const rest = width - widthOf(line, style) * size;
      const x = left + (align === 'right' ? rest : align === 'center' ? rest / 2 : 0);
      const bullet = bullets && row === 0 ? { bulletX: left - indent } : {};
      placed.push({ text: line, x, baseline: y + ASCENT * size, ...bullet });
      y += LINE_HEIGHT * size;
    }
  }
  return placed;
}
