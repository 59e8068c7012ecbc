import type { Hex } from '../images/colour.js';
import { LABEL_TEXT, PLATE, starPath } from '../label/plate.js';
import type { DrawItem } from './draw-items.js';
import type { Face } from './fonts.js';
import type { Rect } from './layout-tree.js';
import { shape } from './shaping.js';

/** On paper the label is small print: 9 points on A4. */
const LETTERS_SHARE = 0.013;
/** Closer to the edge than any design puts something. */
const MARGIN_SHARE = 0.011;
const FACE: Face = { family: 'Poppins', weight: 600, italic: false };
const WHITE: Hex = '#ffffff';
const GROUND: Hex = '#0d1018';

type Page = { readonly width: number; readonly height: number };

/**
 * The plate that says that a machine made the page: drawn last, and text in every format. It stands in the first corner,
 * from the lower right one on, where it covers no words.
 */
export function labelItems(page: Page, items: readonly DrawItem[]): DrawItem[] {
  const letters = Math.sqrt(page.width * page.height) * LETTERS_SHARE;
  const words = items.filter((item) => item.kind === 'text').map(({ box }) => box);
  const places = placesOf(page, letters);
  const place = places.find((each) => !words.some((box) => overlap(box, each))) ?? places[0];
  return plateAt(place, letters);
}

function placesOf(page: Page, letters: number): readonly [Rect, ...Rect[]] {
  const { em } = shape(LABEL_TEXT, FACE);
  const width = (PLATE.pad * 2 + PLATE.star + PLATE.gap + em) * letters;
  const height = PLATE.height * letters;
  const near = Math.sqrt(page.width * page.height) * MARGIN_SHARE;
  const [right, bottom] = [page.width - near - width, page.height - near - height];
  const at = (x: number, y: number): Rect => ({ x, y, width, height });
  return [at(right, bottom), at(near, bottom), at(right, near), at(near, near)];
}

function overlap(one: Rect, other: Rect): boolean {
  const apart = (from: number, length: number, start: number, size: number) =>
    from + length <= start || start + size <= from;
  return !apart(one.x, one.width, other.x, other.width) && !apart(one.y, one.height, other.y, other.height);
}

function plateAt(rect: Rect, letters: number): DrawItem[] {
  const { em, runs } = shape(LABEL_TEXT, FACE);
  const [middle, radius] = [rect.y + rect.height / 2, rect.height / 2];
  const starX = rect.x + (PLATE.pad + PLATE.star / 2) * letters;
  const textX = rect.x + (PLATE.pad + PLATE.star + PLATE.gap) * letters;
  const box = { x: textX, y: rect.y, width: em * letters, height: rect.height };
  const rim = { width: letters * PLATE.rim, colour: WHITE };
  const type = { face: FACE, size: letters, tracking: 0, colour: WHITE, box, room: box };
  const baseline = middle + letters * PLATE.capMiddle;
  return [
    { kind: 'rect', rect, radius, fill: GROUND, opacity: PLATE.groundOpacity },
    { kind: 'rect', rect, radius, stroke: rim, opacity: PLATE.rimOpacity },
    { kind: 'path', d: starPath(starX, middle, (letters * PLATE.star) / 2), fill: WHITE },
    { kind: 'text', text: LABEL_TEXT, runs, x: textX, baseline, ...type },
  ];
}
