import type { DrawItem, TextItem } from './draw-items.js';
import { EMOJI_SIDE, emojiBody } from './emoji.js';
import type { Colours, Paint, Rect } from './layout-tree.js';
import { hexOf } from './colours.js';
import { FEATURES } from './shaping.js';

/** A picture of the job: PNG, JPEG or WebP bytes that we encoded ourselves. */
export interface Picture {
  readonly bytes: Buffer;
  readonly mimeType: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
}
export type Pictures = ReadonlyMap<string, Picture>;

const n = (value: number): string => String(Math.round(value * 100) / 100);
const box = ({ x, y, width, height }: Rect): string =>
  `x="${n(x)}" y="${n(y)}" width="${n(Math.max(0, width))}" height="${n(Math.max(0, height))}"`;

/** Gradients and clips under ids of their own. */
class Defs {
  private readonly parts: string[] = [];

  constructor(private readonly colours: Colours) {}

  paint(paint: Paint | undefined): string {
    if (paint === undefined) return 'none';
    if (typeof paint === 'string') return hexOf(paint, this.colours);
    const stops = paint.stops
      .map(
        ({ at, colour, opacity = 1 }) =>
          `<stop offset="${n(at)}" stop-color="${hexOf(colour, this.colours)}" stop-opacity="${n(opacity)}"/>`,
      )
      .join('');
    if (paint.towards === 'outwards')
      return `url(#${this.add('radialGradient', 'cx="0.5" cy="0.5" r="0.5"', stops)})`;
    const [x2, y2] = { down: [0, 1], right: [1, 0], diagonal: [1, 1] }[paint.towards ?? 'down'];
    return `url(#${this.add('linearGradient', `x1="0" y1="0" x2="${x2}" y2="${y2}"`, stops)})`;
  }

  clip(d: string): string {
    return this.add('clipPath', '', `<path d="${d}"/>`);
  }

  add(element: string, attributes: string, content: string): string {
    const id = `d${this.parts.length}`;
    this.parts.push(`<${element} id="${id}" ${attributes}>${content}</${element}>`);
    return id;
  }

  toString(): string {
    return this.parts.length === 0 ? '' : `<defs>${this.parts.join('')}</defs>`;
  }
}

/** Emoji drawings bring ids of their own; each use gets a scope. */
function emojiSvg(icon: string, x: number, y: number, side: number, scope: string): string {
  const body = emojiBody(icon)
    .replace(/\bid="([^"]+)"/g, `id="${scope}-$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${scope}-$1)`);
  return `<g transform="translate(${n(x)} ${n(y)}) scale(${(side / EMOJI_SIDE).toFixed(4)})">${body}</g>`;
}

function lettersSvg(item: TextItem, fill: string, scope: string): string {
  let cursor = item.x;
  let markup = '';
  item.runs.forEach((run, index) => {
    if (run.kind === 'emoji') {
      markup += emojiSvg(
        run.icon,
        cursor + item.size * 0.06,
        item.baseline - item.size * 0.84,
        item.size,
        `${scope}r${index}`,
      );
    } else {
      const { font } = run.file;
      const scale = item.size / font.unitsPerEm;
      const { glyphs, positions } = font.layout(run.text, FEATURES);
      let pen = cursor;
      let d = '';
      // Combining marks do not carry the tracking of a letter.
      glyphs.forEach((glyph, at) => {
        const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[at] ?? {};
        const outline = glyph.path.toSVG();
        if (outline !== '')
          d += `<path transform="translate(${n(pen + xOffset * scale)} ${n(item.baseline - yOffset * scale)}) scale(${scale.toFixed(5)} ${(-scale).toFixed(5)})" d="${outline}"/>`;
        pen += xAdvance * scale + (xAdvance === 0 ? 0 : item.tracking * item.size);
      });
      markup += d;
    }
    cursor += run.em * item.size + run.count * item.tracking * item.size;
  });
  return `<g fill="${fill}">${markup}</g>`;
}

function itemSvg(item: DrawItem, index: number, defs: Defs, pictures: Pictures): string {
  if (item.kind === 'text') return lettersSvg(item, defs.paint(item.colour), `t${index}`);
  if (item.kind === 'picture') {
    const picture = pictures.get(item.picture);
    if (picture === undefined) return '';
    const clip = item.clip === undefined ? '' : ` clip-path="url(#${defs.clip(item.clip)})"`;
    const mode = item.fit === 'cover' ? 'slice' : 'meet';
    return `<g${clip}><svg ${box(item.rect)} viewBox="0 0 ${picture.width} ${picture.height}" preserveAspectRatio="xMidYMid ${mode}"><image width="${picture.width}" height="${picture.height}" href="data:${picture.mimeType};base64,${picture.bytes.toString('base64')}"/></svg></g>`;
  }
  const stroke =
    item.stroke === undefined
      ? ''
      : ` stroke="${defs.paint(item.stroke.colour)}" stroke-width="${n(item.stroke.width)}"`;
  const channel =
    item.stroke === undefined ? 'fill-opacity' : item.fill === undefined ? 'stroke-opacity' : 'opacity';
  const opacity = item.opacity === undefined ? '' : ` ${channel}="${n(item.opacity)}"`;
  const look = `fill="${defs.paint(item.fill)}"${stroke}${opacity}`;
  if (item.kind === 'path')
    return `<path d="${item.d}" ${look} stroke-linecap="round" stroke-linejoin="round"/>`;
  return `<rect ${box(item.rect)} ${look}${item.radius === undefined ? '' : ` rx="${n(item.radius)}"`}/>`;
}

/** The page as SVG; letters are outlines, so that it looks the same everywhere. No text of the caller is copied into it. */
export function svgOf(
  items: readonly DrawItem[],
  page: { readonly width: number; readonly height: number },
  colours: Colours,
  pictures: Pictures,
): string {
  const defs = new Defs(colours);
  const body = items.map((item, index) => itemSvg(item, index, defs, pictures)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${page.width}" height="${page.height}" viewBox="0 0 ${page.width} ${page.height}">${defs.toString()}${body}</svg>`;
}
