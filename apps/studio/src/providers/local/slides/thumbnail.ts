import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { drawChart, type Mark } from './chart-drawing.js';
import { type Item, SLIDE, type SlideDrawing } from './drawing.js';
import { POINTS_PER_INCH } from './fit-text.js';
import { type FontStyle, runsOf, widthOf } from './fonts.js';
import { placedLines } from './placed-lines.js';

const [WIDTH, HEIGHT] = [Math.round(SLIDE.w * POINTS_PER_INCH), Math.round(SLIDE.h * POINTS_PER_INCH)];
const THUMBNAIL_WIDTH = 640;

/** A line as outlines: no text of others ever becomes markup, and no font is looked for. */
function outlined(
  text: string,
  x: number,
  y: number,
  size: number,
  style: FontStyle,
  colour: string,
): string {
  let at = x;
  // Glyph by glyph: the library cannot shape all scripts, and refuses whole texts for it.
  const letters = runsOf(text, style).flatMap(({ text: run, file }) =>
    [...run].map((letter) => ({ letter, file })),
  );
  return letters
    .map(({ letter, file: { face } }) => {
      const glyph = face.charToGlyph(letter);
      const d = glyph.getPath(at, y, size).toPathData(1);
      at += ((glyph.advanceWidth ?? 0) / face.unitsPerEm) * size;
      return d === '' ? '' : `<path d="${d}" fill="${colour}"/>`;
    })
    .join('');
}

function markSvg(mark: Mark): string {
  if (mark.kind === 'path')
    return `<path d="${mark.d}" fill="${mark.fill ?? 'none'}" stroke="${mark.stroke ?? 'none'}" stroke-width="${mark.width ?? 1}"/>`;
  const { text, size, style, align, colour, x, y } = mark;
  const width = widthOf(text, style) * size;
  return outlined(
    text,
    x - (align === 'right' ? width : align === 'center' ? width / 2 : 0),
    y,
    size,
    style,
    colour,
  );
}

function itemSvg(item: Item): string {
  if (item.kind === 'chart') return drawChart(item).map(markSvg).join('');
  if (item.kind === 'text')
    return placedLines(item)
      .map(({ text, x, baseline }) => outlined(text, x, baseline, item.text.size, item.style, item.colour))
      .join('');
  const { x, y, w, h } = item.area;
  const [px, py, pw, ph] = [x, y, w, h].map((inches) => (inches * POINTS_PER_INCH).toFixed(2));
  const place = `x="${px}" y="${py}" width="${pw}" height="${ph}"`;
  if (item.kind === 'picture')
    return `<image ${place} href="data:${item.mimeType};base64,${item.image.toString('base64')}"/>`;
  return `<rect ${place} fill="${item.fill}" fill-opacity="${item.opacity ?? 1}"/>`;
}

/** A small picture of a slide, as WebP. */
export async function thumbnailOf({ background, items }: SlideDrawing): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="${background}"/>${items.map(itemSvg).join('')}</svg>`;
  const drawn = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  const raw = { width: drawn.width, height: drawn.height, channels: 4 as const };
  return sharp(drawn.pixels, { raw }).resize({ width: THUMBNAIL_WIDTH }).webp({ quality: 82 }).toBuffer();
}
