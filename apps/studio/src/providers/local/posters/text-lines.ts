import type { Face } from './fonts.js';
import type { TextNode } from './layout-tree.js';
import { clustersOf, shape } from './shaping.js';

/** A text broken into lines, measured at its size in pixels. */
export interface Lines {
  readonly lines: readonly string[];
  /** Pixels: of the longest line. */
  readonly width: number;
  /** True when a word had to be broken, or there are more lines than the node allows. */
  readonly forced: boolean;
}

export function faceOf({ font, weight = 400, italic = false }: TextNode): Face {
  return { family: font, weight, italic };
}

/** The words as they are set. */
export function wordingOf({ text, upper = false }: TextNode): string {
  const tidy = text
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .trim();
  return upper ? tidy.toLocaleUpperCase() : tidy;
}

/** Pixels that a stretch takes at `size`. */
export function widthOf(text: string, node: TextNode, size: number): number {
  const { em, count } = shape(text, faceOf(node));
  return (em + (node.tracking ?? 0) * Math.max(0, count - 1)) * size;
}

function broken(word: string, width: (text: string) => number, room: number): string[] {
  const parts: string[] = [''];
  for (const cluster of clustersOf(word)) {
    const last = parts.length - 1;
    const longer = (parts[last] ?? '') + cluster;
    if (parts[last] !== '' && width(longer) > room) parts.push(cluster);
    else parts[last] = longer;
  }
  return parts;
}

function wrapped(
  paragraphs: readonly string[],
  width: (text: string) => number,
  room: number,
): { lines: string[]; forced: boolean } {
  const lines: string[] = [];
  let forced = false;
  for (const paragraph of paragraphs) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (width(longer) <= room) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      if (width(word) <= room) {
        line = word;
        continue;
      }
      forced = true;
      const parts = broken(word, width, room);
      line = parts.pop() ?? '';
      lines.push(...parts);
    }
    lines.push(line);
  }
  return { lines, forced };
}

/** Breaks the node's text at `size` pixels into lines of at most `room` pixels. */
export function linesOf(node: TextNode, size: number, room: number): Lines {
  const width = (text: string): number => widthOf(text, node, size);
  const paragraphs = wordingOf(node).split('\n');
  const greedy = wrapped(paragraphs, width, room);
  let { lines } = greedy;
  if (node.balanced === true && !greedy.forced && paragraphs.length === 1 && lines.length > 1) {
    let [low, high] = [room / 2, room];
    for (let step = 0; step < 7; step++) {
      const middle = (low + high) / 2;
      const next = wrapped(paragraphs, width, middle);
      if (next.lines.length === lines.length && !next.forced) high = middle;
      else low = middle;
    }
    ({ lines } = wrapped(paragraphs, width, high));
  }
  const tooMany = node.maxLines !== undefined && lines.length > node.maxLines;
  return { lines, width: Math.max(0, ...lines.map(width)), forced: greedy.forced || tooMany };
}
