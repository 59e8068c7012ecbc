import PDFDocument from 'pdfkit';
import { Resvg } from '@resvg/resvg-js';
import type { DrawItem, TextItem } from './draw-items.js';
import { EMOJI_SIDE, emojiBody } from './emoji.js';
import { hexOf } from './colours.js';
import type { Colours, Gradient, Paint, Rect } from './layout-tree.js';
import { FEATURES } from './shaping.js';
import type { Pictures } from './svg-writer.js';

/** What the document says about itself. */
export interface PdfWords {
  readonly title: string;
  readonly subject: string;
  readonly keywords: string;
  readonly createdAt: Date;
}

type Doc = PDFKit.PDFDocument;

function gradientOf(doc: Doc, towards: NonNullable<Gradient['towards']>, { x, y, width, height }: Rect) {
  const [cx, cy] = [x + width / 2, y + height / 2];
  if (towards === 'outwards') return doc.radialGradient(cx, cy, 0, cx, cy, Math.max(width, height) / 2);
  const right = towards === 'down' ? x : x + width;
  return doc.linearGradient(x, y, right, towards === 'right' ? y : y + height);
}

function paintOf(doc: Doc, paint: Paint, colours: Colours, { x, y, width, height }: Rect) {
  if (typeof paint === 'string') return hexOf(paint, colours);
  const gradient = gradientOf(doc, paint.towards ?? 'down', { x, y, width, height });
  for (const { at, colour, opacity = 1 } of paint.stops) gradient.stop(at, hexOf(colour, colours), opacity);
  return gradient;
}

function drawShape(
  doc: Doc,
  item: Extract<DrawItem, { kind: 'rect' | 'path' }>,
  colours: Colours,
  page: Rect,
): void {
  const bounds = item.kind === 'rect' ? item.rect : page;
  const outline = (): Doc => {
    if (item.kind === 'path') return doc.path(item.d);
    const { x, y, width, height } = item.rect;
    return item.radius === undefined
      ? doc.rect(x, y, width, height)
      : doc.roundedRect(x, y, width, height, Math.min(item.radius, width / 2, height / 2));
  };
  doc.save().opacity(item.opacity ?? 1);
  if (item.fill !== undefined) outline().fill(paintOf(doc, item.fill, colours, bounds));
  if (item.stroke !== undefined)
    outline()
      .lineWidth(item.stroke.width)
      .lineCap('round')
      .lineJoin('round')
      .stroke(paintOf(doc, item.stroke.colour, colours, bounds));
  doc.restore();
}

function drawText(doc: Doc, item: TextItem, colours: Colours, fonts: Set<string>): void {
  let cursor = item.x;
  for (const run of item.runs) {
    if (run.kind === 'emoji') {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 ${EMOJI_SIDE} ${EMOJI_SIDE}">${emojiBody(run.icon)}</svg>`;
      const png = Buffer.from(new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng());
      doc.image(png, cursor + item.size * 0.06, item.baseline - item.size * 0.84, { width: item.size });
    } else {
      if (!fonts.has(run.file.id)) doc.registerFont(run.file.id, run.file.bytes);
      fonts.add(run.file.id);
      const colour = typeof item.colour === 'string' ? hexOf(item.colour, colours) : colours.ink;
      doc
        .font(run.file.id)
        .fontSize(item.size)
        .fillColor(colour)
        .text(run.text, cursor, item.baseline, {
          lineBreak: false,
          baseline: 'alphabetic',
          characterSpacing: item.tracking * item.size,
          features: FEATURES as PDFKit.Mixins.OpenTypeFeatures[],
        });
    }
    cursor += (run.em + run.count * item.tracking) * item.size;
  }
}

function drawPicture(doc: Doc, item: Extract<DrawItem, { kind: 'picture' }>, pictures: Pictures): void {
  const picture = pictures.get(item.picture);
  if (picture === undefined) return;
  const { x, y, width, height } = item.rect;
  const pick = item.fit === 'cover' ? Math.max : Math.min;
  const scale = pick(width / picture.width, height / picture.height);
  const [w, h] = [picture.width * scale, picture.height * scale];
  doc.save();
  if (item.clip === undefined) doc.rect(x, y, width, height).clip();
  else doc.path(item.clip).clip();
  doc.image(picture.bytes, x + (width - w) / 2, y + (height - h) / 2, { width: w, height: h });
  doc.restore();
}

/** The page as PDF: text as text, drawings as vectors. */
export async function pdfOf(
  items: readonly DrawItem[],
  page: { readonly width: number; readonly height: number; readonly points: readonly [number, number] },
  colours: Colours,
  pictures: Pictures,
  { title, subject, keywords, createdAt }: PdfWords,
): Promise<Buffer> {
  const doc = new PDFDocument({
    size: [...page.points],
    margin: 0,
    info: {
      Title: title,
      Subject: subject,
      Keywords: keywords,
      Creator: 'EventZR Studio',
      CreationDate: createdAt,
    },
    displayTitle: true,
    lang: 'en',
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  const fonts = new Set<string>();
  const whole = { x: 0, y: 0, width: page.width, height: page.height };
  doc.scale(page.points[0] / page.width, page.points[1] / page.height);
  for (const item of items) {
    if (item.kind === 'text') drawText(doc, item, colours, fonts);
    else if (item.kind === 'picture') drawPicture(doc, item, pictures);
    else drawShape(doc, item, colours, whole);
  }
  doc.end();
  return done;
}
