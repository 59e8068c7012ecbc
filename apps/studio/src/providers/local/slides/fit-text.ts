import { type FontStyle, widthOf } from './fonts.js';

export const POINTS_PER_INCH = 72;
/** Distance of lines, as a multiple of the size; what PowerPoint uses for these families, rounded up. */
export const LINE_HEIGHT = 1.25;
/** Space between paragraphs, as a multiple of the size. */
export const PARAGRAPH_GAP = 0.45;
/** Where a bullet's text begins, as a multiple of the size. */
export const BULLET_INDENT = 1.1;
/** Left free of each line, since other machines have slightly other letters. */
const RESERVE = 0.96;

export interface TextBlock {
  readonly paragraphs: readonly string[];
  readonly bullets: boolean;
  readonly style: FontStyle;
  /** Inches. */
  readonly width: number;
  readonly height: number;
  /** Points: the size wished, and the smallest that is still readable. */
  readonly largest: number;
  readonly smallest: number;
}

export interface FittedText {
  /** Points. */
  readonly size: number;
  /** The paragraphs that are shown; the last may end in an ellipsis. */
  readonly paragraphs: readonly string[];
  /** The lines of each of them. */
  readonly lines: readonly (readonly string[])[];
  /** True when something had to be left out even at the smallest size. */
  readonly cut: boolean;
}

/** Cuts a word that is wider than a line. */
function broken(word: string, fits: (text: string) => boolean): string[] {
  const parts: string[] = [];
  let part = '';
  for (const letter of word) {
    if (part !== '' && !fits(part + letter)) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part];
}

/** @param width inches; @param size points */
export function wrapped(text: string, style: FontStyle, width: number, size: number): string[] {
  const limit = (width * POINTS_PER_INCH * RESERVE) / size;
  const fits = (line: string): boolean => widthOf(line, style) <= limit;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => (fits(each) ? [each] : broken(each, fits)))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || fits(longer)) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function laidOut(block: TextBlock, size: number): string[][] {
  const indent = block.bullets ? (BULLET_INDENT * size) / POINTS_PER_INCH : 0;
  return block.paragraphs.map((text) => wrapped(text, block.style, block.width - indent, size));
}

/** Inches. */
export function heightOf(lines: readonly (readonly string[])[], size: number): number {
  const count = lines.reduce((sum, paragraph) => sum + paragraph.length, 0);
  const gaps = Math.max(0, lines.length - 1) * PARAGRAPH_GAP;
  return ((count * LINE_HEIGHT + gaps) * size) / POINTS_PER_INCH;
}

/** The largest size at which the text stays in its box; at the smallest it is cut rather than let out of it. */
export function fitText(block: TextBlock): FittedText {
  for (let size = block.largest; size > block.smallest; size -= size > 24 ? 2 : 1) {
    const lines = laidOut(block, size);
    if (heightOf(lines, size) <= block.height && !breaksWords(block, lines))
      return { size, paragraphs: block.paragraphs, lines, cut: false };
  }
  return cutToFit(block);
}

/** A word in two lines is worse than smaller letters. */
function breaksWords({ paragraphs }: TextBlock, lines: readonly (readonly string[])[]): boolean {
  return paragraphs.some((text, index) => lines[index]?.join(' ') !== text);
}

function cutToFit(block: TextBlock): FittedText {
  const size = block.smallest;
  const all = laidOut(block, size);
  if (heightOf(all, size) <= block.height)
    return { size, paragraphs: block.paragraphs, lines: all, cut: false };
  const kept: string[][] = [];
  for (const paragraph of all) {
    for (let count = paragraph.length; count >= 1; count -= 1) {
      const part = paragraph.slice(0, count);
      if (heightOf([...kept, part], size) > block.height) continue;
      kept.push(part);
      if (count < paragraph.length) return ellipsized(block, kept, size);
      break;
    }
    if (kept.at(-1)?.[0] !== paragraph[0]) return ellipsized(block, kept, size);
  }
  return ellipsized(block, kept, size);
}

function ellipsized(block: TextBlock, kept: readonly (readonly string[])[], size: number): FittedText {
  const last = kept.at(-1) ?? [];
  const words = (last.at(-1) ?? '').split(' ');
  const shorter = words.length > 2 ? words.slice(0, -2).join(' ') : (last.at(-1) ?? '').slice(0, -3);
  const lines = [...kept.slice(0, -1), [...last.slice(0, -1), `${shorter.trimEnd()} …`]];
  return { size, paragraphs: lines.map((each) => each.join(' ')), lines, cut: true };
}
