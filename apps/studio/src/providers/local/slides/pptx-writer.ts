import { createRequire } from 'node:module';
import type pptxgenjs from 'pptxgenjs';
import { type Area, type Item, SLIDE, type SlideDrawing } from './drawing.js';
import { BULLET_INDENT } from './fit-text.js';
import { OFFICE_FONTS } from './fonts.js';
import type { Theme } from './themes.js';

// Its types describe the ES module's default as CommonJS: required, both agree.
const PptxGenJs = createRequire(import.meta.url)('pptxgenjs') as typeof pptxgenjs.default;

type Pptx = InstanceType<typeof PptxGenJs>;
type Slide = ReturnType<Pptx['addSlide']>;
type TextItem = Extract<Item, { kind: 'text' }>;
type ChartItem = Extract<Item, { kind: 'chart' }>;

const bare = (colour: string): string => colour.replace('#', '').toUpperCase();
const placed = ({ x, y, w, h }: Area) => ({ x, y, w, h });
const NUMBER_PLACE = { x: 12.1, y: 6.88, w: 0.6, h: 0.35 };

function addText(slide: Slide, item: TextItem): void {
  const { area, text, style, colour, bullets, align, valign } = item;
  const indent = Math.round(text.size * BULLET_INDENT);
  const runs = text.paragraphs.map((paragraph, index) => ({
    text: paragraph,
    options: {
      ...(bullets ? { bullet: { indent } } : {}),
      breakLine: index < text.paragraphs.length - 1,
    },
  }));
  slide.addText(runs, {
    ...placed(area),
    margin: 0,
    fontFace: OFFICE_FONTS[style.font],
    fontSize: text.size,
    bold: style.bold,
    color: bare(colour),
    align,
    valign,
    paraSpaceAfter: text.paragraphs.length > 1 ? Math.round(text.size * 0.4) : 0,
    fit: 'shrink',
    ...(item.isTitle === true ? { placeholder: 'title' } : {}),
  });
}

function addChart(slide: Slide, { area, chart, colours, ink, ground, grid, style }: ChartItem): void {
  const { type, labels, series, unit } = chart;
  const data = series.map(({ name, values }) => ({ name, labels: [...labels], values: [...values] }));
  const isRound = type === 'doughnut';
  const format = unit === '%' ? '0"%"' : '#,##0';
  const font = { color: bare(ink), fontFace: OFFICE_FONTS[style.font] };
  // Where there are too few, the library draws lots.
  const wanted = Array.from({ length: isRound ? labels.length : series.length });
  const shades = wanted.map((_, index) => bare(colours[index % colours.length] ?? ink));
  slide.addChart(type, data, {
    ...placed(area),
    chartColors: shades,
    showLegend: isRound || series.length > 1,
    legendPos: isRound ? 'r' : 'b',
    legendColor: font.color,
    legendFontFace: font.fontFace,
    legendFontSize: 12,
    dataLabelColor: isRound ? bare(ground) : font.color,
    dataLabelFontFace: font.fontFace,
    dataLabelFontBold: isRound,
    dataLabelFontSize: isRound ? 14 : 11,
    dataLabelFormatCode: isRound ? '0%' : format,
    catAxisLabelColor: font.color,
    catAxisLabelFontFace: font.fontFace,
    catAxisLabelFontSize: 11,
    valAxisLabelColor: font.color,
    valAxisLabelFontFace: font.fontFace,
    valAxisLabelFontSize: 11,
    valAxisLabelFormatCode: format,
    valGridLine: { color: bare(grid), size: 0.5 },
    ...(isRound
      ? { holeSize: 58, showPercent: true, showTitle: false, dataBorder: { pt: 1, color: bare(ground) } }
      : { showValue: type === 'bar' && series.length * labels.length <= 12 }),
    ...(type === 'line' ? { lineSize: 3, lineDataSymbolSize: 7 } : {}),
    altText: `${type} chart: ${labels.join(', ')}`,
  });
}

function addItem(slide: Slide, item: Item): void {
  if (item.kind === 'text') return addText(slide, item);
  if (item.kind === 'chart') return addChart(slide, item);
  if (item.kind === 'picture') {
    const data = `${item.mimeType};base64,${item.image.toString('base64')}`;
    slide.addImage({ ...placed(item.area), data, altText: item.alt });
    return;
  }
  const transparency = item.opacity === undefined ? 0 : Math.round((1 - item.opacity) * 100);
  slide.addShape(item.round === true ? 'roundRect' : 'rect', {
    ...placed(item.area),
    fill: { color: bare(item.fill), transparency },
    line: { type: 'none' },
    ...(item.round === true ? { rectRadius: Math.min(0.12, item.area.w / 2) } : {}),
  });
}

/** A title's placeholder takes its place from the master, so each place has a master of its own. */
function titleArea({ items }: SlideDrawing): Area {
  const title = items.find((item) => item.kind === 'text' && item.isTitle === true);
  return title?.area ?? SLIDE;
}

function masterName(drawing: SlideDrawing): string {
  const { x, y, w } = titleArea(drawing);
  return `${drawing.number === undefined ? 'Cover' : 'Content'} ${[x, y, w].map((inches) => inches.toFixed(1)).join(' ')}`;
}

function masterOf(drawing: SlideDrawing, theme: Theme) {
  const fontFace = OFFICE_FONTS[theme.headingFont];
  const box = { name: 'title', type: 'title' as const, ...placed(titleArea(drawing)), margin: 0, fontFace };
  const number = {
    ...NUMBER_PLACE,
    fontFace: OFFICE_FONTS[theme.bodyFont],
    fontSize: 10,
    color: bare(theme.muted),
    align: 'right' as const,
  };
  return {
    title: masterName(drawing),
    background: { color: bare(drawing.background) },
    objects: [{ placeholder: { options: box, text: '' } }],
    ...(drawing.number === undefined ? {} : { slideNumber: number }),
  };
}

/** Writes a PowerPoint file: masters, real titles, native charts, speaker notes, slide numbers. Text comes in cleaned. */
export async function writePptx(
  slides: readonly SlideDrawing[],
  title: string,
  theme: Theme,
): Promise<Buffer> {
  const pptx = new PptxGenJs();
  pptx.defineLayout({ name: 'WIDE', width: SLIDE.w, height: SLIDE.h });
  pptx.layout = 'WIDE';
  pptx.title = title;
  pptx.author = 'EventZR Studio';
  pptx.company = 'EventZR';
  pptx.subject = title;
  pptx.theme = { headFontFace: OFFICE_FONTS[theme.headingFont], bodyFontFace: OFFICE_FONTS[theme.bodyFont] };
  const masters = new Map(slides.map((drawing) => [masterName(drawing), drawing]));
  for (const drawing of masters.values()) pptx.defineSlideMaster(masterOf(drawing, theme));
  for (const drawing of slides) {
    const slide = pptx.addSlide({ masterName: masterName(drawing) });
    for (const item of drawing.items) addItem(slide, item);
    if (drawing.notes !== '') slide.addNotes(drawing.notes);
  }
  return Buffer.from((await pptx.write({ outputType: 'nodebuffer', compression: true })) as Uint8Array);
}
