import { Resvg } from '@resvg/resvg-js';
import { contrast, type Hex, luminance, toHex } from '../images/colour.js';
import { hexOf, READABLE } from './colours.js';
import type { DrawItem, TextItem } from './draw-items.js';
import type { Colours, Rect } from './layout-tree.js';
import { unitOf } from './sizes.js';
import { svgOf, type Pictures } from './svg-writer.js';

const MEASURED_WIDTH = 240;
/** The part of the ground under a text that may be worse than the rest: the very edges of shapes. */
const TOLERATED = 0.06;
/** A plate covers whatever is behind it. */
const PLATE_OPACITY = 0.94;

/** WCAG lets large letters do with 3. */
const LARGE = 3;
const LARGE_UNITS = 3.8;

interface Ground {
  /** Relative luminances under a rectangle, sorted. */
  under(rect: Rect): number[];
}

function measured(
  items: readonly DrawItem[],
  page: { width: number; height: number },
  colours: Colours,
  pictures: Pictures,
): Ground {
  const svg = svgOf(
    items.filter(({ kind }) => kind !== 'text'),
    page,
    colours,
    pictures,
  );
  const { pixels, width, height } = new Resvg(svg, {
    fitTo: { mode: 'width', value: MEASURED_WIDTH },
    font: { loadSystemFonts: false },
  }).render();
  const scale = width / page.width;
  const at = (index: number): number =>
    luminance(toHex([pixels[index * 4] ?? 0, pixels[index * 4 + 1] ?? 0, pixels[index * 4 + 2] ?? 0]));
  return {
    under(rect) {
      const values: number[] = [];
      const [left, top] = [Math.max(0, Math.floor(rect.x * scale)), Math.max(0, Math.floor(rect.y * scale))];
      const right = Math.min(width, Math.max(left + 1, Math.ceil((rect.x + rect.width) * scale)));
      const bottom = Math.min(height, Math.max(top + 1, Math.ceil((rect.y + rect.height) * scale)));
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) values.push(at(y * width + x));
      return values.sort((a, b) => a - b);
    },
  };
}

/** The worst contrast of a colour over all but the tolerated part of its ground. */
function worst(colour: Hex, ground: readonly number[]): number {
  const own = luminance(colour);
  const ratios = ground.map((value) => contrast(own, value)).sort((a, b) => a - b);
  return ratios[Math.floor(ratios.length * TOLERATED)] ?? 21;
}

/** What WCAG 2.2, 1.4.3 asks of a line on a page, 1-21; what counts as large here is larger than its 18 points. */
const wantedOf = ({ size }: TextItem, page: { width: number; height: number }): number =>
  size >= LARGE_UNITS * unitOf(page) ? LARGE : READABLE;

/** Contrast of every line of text with what lies behind it, and the least that it must have, both 1-21. */
export function contrastsOf(
  items: readonly DrawItem[],
  page: { width: number; height: number },
  colours: Colours,
  pictures: Pictures,
): { readonly text: string; readonly ratio: number; readonly wanted: number }[] {
  const ground = measured(items, page, colours, pictures);
  return items.flatMap((item) => {
    if (item.kind !== 'text' || typeof item.colour !== 'string') return [];
    const ratio = worst(hexOf(item.colour, colours), ground.under(item.box));
    return [{ text: item.text, ratio, wanted: wantedOf(item, page) }];
  });
}

function plateUnder(item: TextItem, colour: Hex): DrawItem {
  const pad = item.size * 0.28;
  const { x, y, width, height } = item.box;
  return {
    kind: 'rect',
    rect: { x: x - pad, y: y - pad * 0.2, width: width + pad * 2, height: height + pad * 0.4 },
    radius: item.size * 0.12,
    fill: colour,
    opacity: PLATE_OPACITY,
  };
}

/** Makes every line readable (WCAG 4.5): by its own colour, else ink, white or paper, else on a plate. */
export function legible(
  items: readonly DrawItem[],
  page: { width: number; height: number },
  colours: Colours,
  pictures: Pictures,
): DrawItem[] {
  const ground = measured(items, page, colours, pictures);
  return items.flatMap((item): DrawItem[] => {
    if (item.kind !== 'text' || typeof item.colour !== 'string') return [item];
    const wanted = wantedOf(item, page);
    const under = ground.under(item.box);
    const candidates: Hex[] = [hexOf(item.colour, colours), colours.ink, colours.paper, '#ffffff', '#101014'];
    const readable = candidates.find((colour) => worst(colour, under) >= wanted);
    if (readable !== undefined) return [{ ...item, colour: readable }];
    return [plateUnder(item, colours.paper), { ...item, colour: colours.ink }];
  });
}
