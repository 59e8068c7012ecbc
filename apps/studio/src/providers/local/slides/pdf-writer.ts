import PDFDocument from 'pdfkit';
import { buffer } from 'node:stream/consumers';
import { type Mark, drawChart } from './chart-drawing.js';
import { type Item, SLIDE, type SlideDrawing } from './drawing.js';
import { POINTS_PER_INCH } from './fit-text.js';
import { type FontStyle, runsOf, widthOf } from './fonts.js';
import { placedLines } from './placed-lines.js';

type Pdf = InstanceType<typeof PDFDocument>;
type TextItem = Extract<Item, { kind: 'text' }>;

const PAGE: [number, number] = [SLIDE.w * POINTS_PER_INCH, SLIDE.h * POINTS_PER_INCH];

/** Sets one line on its baseline, letter by letter from the fonts that have it: real, selectable text. */
function setLine(
  pdf: Pdf,
  text: string,
  at: { x: number; y: number; size: number; style: FontStyle; colour: string },
): void {
  let { x } = at;
  for (const { text: run, file } of runsOf(text, at.style)) {
    pdf.font(file.path).fontSize(at.size).fillColor(at.colour);
    pdf.text(run, x, at.y, { lineBreak: false, baseline: 'alphabetic' });
    x += pdf.widthOfString(run);
  }
}

function drawText(pdf: Pdf, item: TextItem): void {
  const { text, style, colour, bulletColour } = item;
  for (const line of placedLines(item)) {
    setLine(pdf, line.text, { x: line.x, y: line.baseline, size: text.size, style, colour });
    if (line.bulletX === undefined) continue;
    const radius = text.size * 0.14;
    pdf.circle(line.bulletX + radius, line.baseline - text.size * 0.34, radius).fill(bulletColour ?? colour);
  }
}

function drawMark(pdf: Pdf, mark: Mark): void {
  if (mark.kind === 'label') {
    const { text, size, style, align, colour, y } = mark;
    const width = widthOf(text, style) * size;
    const x = mark.x - (align === 'right' ? width : align === 'center' ? width / 2 : 0);
    return setLine(pdf, text, { x, y, size, style, colour });
  }
  pdf.path(mark.d).lineWidth(mark.width ?? 1);
  if (mark.fill !== undefined && mark.stroke !== undefined) pdf.fillAndStroke(mark.fill, mark.stroke);
  else if (mark.fill !== undefined) pdf.fill(mark.fill);
  else pdf.stroke(mark.stroke ?? '#000000');
}

function drawItem(pdf: Pdf, item: Item): void {
  if (item.kind === 'text') return drawText(pdf, item);
  if (item.kind === 'chart') return drawChart(item).forEach((mark) => drawMark(pdf, mark));
  const [x, y, w, h] = [item.area.x, item.area.y, item.area.w, item.area.h].map(
    (inches) => inches * POINTS_PER_INCH,
  ) as [number, number, number, number];
  if (item.kind === 'picture') {
    pdf.image(item.image, x, y, { fit: [w, h], align: 'center', valign: 'center' });
    return;
  }
  if (item.round === true) pdf.roundedRect(x, y, w, h, Math.min(8, w / 2));
  else pdf.rect(x, y, w, h);
  pdf
    .fillOpacity(item.opacity ?? 1)
    .fill(item.fill)
    .fillOpacity(1);
}

/** Writes the same slides as pages of a PDF: 16:9, embedded fonts, selectable text, vector charts. */
export async function writePdf(slides: readonly SlideDrawing[], title: string): Promise<Buffer> {
  const info = { Title: title, Author: 'EventZR Studio', Creator: 'EventZR Studio' };
  const pdf = new PDFDocument({ size: PAGE, margin: 0, autoFirstPage: false, info, lang: 'en' });
  const written = buffer(pdf);
  for (const { background, items, number } of slides) {
    pdf.addPage({ size: PAGE, margin: 0 });
    pdf.rect(0, 0, ...PAGE).fill(background);
    for (const item of items) drawItem(pdf, item);
    if (number !== undefined)
      drawMark(pdf, {
        kind: 'label',
        x: 12.7 * POINTS_PER_INCH,
        y: 7.1 * POINTS_PER_INCH,
        size: 10,
        align: 'right',
        ...number,
      });
  }
  pdf.end();
  return written;
}
