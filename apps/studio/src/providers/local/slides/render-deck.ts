import sharp from 'sharp';
import { renderImage } from '../images/render-image.js';
import {
  type Brand,
  cleanText,
  type DeckPlan,
  type SlidePlan,
  type SlideVisuals,
  visualsOf,
} from './deck.js';
import type { SlideDrawing } from './drawing.js';
import { missingLetters } from './fonts.js';
import { layOutSlide, pictureArea, type SlidePicture } from './layouts.js';
import { writePdf } from './pdf-writer.js';
import { writePptx } from './pptx-writer.js';
import { type Theme, themeOf } from './themes.js';
import { thumbnailOf } from './thumbnail.js';

export type DeckFormat = 'pptx' | 'pdf';

/** A deck to be made; plain data, so that it can cross processes. */
export interface DeckJob {
  readonly plan: DeckPlan;
  readonly formats: readonly DeckFormat[];
  readonly seed: number;
  readonly themeName?: string;
  readonly brand?: Brand;
}

export interface RenderedDeck {
  readonly files: readonly { readonly format: DeckFormat; readonly bytes: Uint8Array }[];
  /** Of the first slide, WebP. */
  readonly thumbnail: Uint8Array;
  readonly slides: readonly { readonly title: string; readonly visuals: SlideVisuals }[];
  readonly remarks: readonly string[];
}

/** Pixels of an inch of slide. */
const DENSITY = 128;
const PICTURE_STYLE = 'flat';

/** Drawn in the ratio of its place, then brought to it to the pixel: nothing is ever stretched. */
async function pictureOf(plan: SlidePlan, seed: number, style: string): Promise<SlidePicture | undefined> {
  if (plan.imagePrompt === undefined) return undefined;
  const { w, h } = pictureArea(plan);
  const [width, height] = [Math.round(w * DENSITY), Math.round(h * DENSITY)];
  const { bytes } = await renderImage({
    prompt: plan.imagePrompt,
    stylePreset: style,
    width,
    height,
    seed,
    variantIndex: 0,
    quality: 'standard',
    format: 'png',
  });
  const image = await sharp(bytes).resize(width, height, { fit: 'cover' }).jpeg({ quality: 86 }).toBuffer();
  return { image, alt: plan.imagePrompt };
}

async function drawings({ plan, seed, brand }: DeckJob, theme: Theme): Promise<SlideDrawing[]> {
  const title = cleanText(plan.title);
  const style = PICTURE_STYLE;
  const logo =
    brand?.logo === undefined
      ? undefined
      : await sharp(Buffer.from(brand.logo, 'base64')).resize(256, 256, { fit: 'inside' }).png().toBuffer();
  const drawn: SlideDrawing[] = [];
  for (const [index, slide] of plan.slides.entries()) {
    const picture = await pictureOf(slide, (seed + index * 7919) % 2 ** 32, style);
    drawn.push(
      layOutSlide(slide, {
        theme,
        deckTitle: title,
        number: index + 1,
        ...(picture === undefined ? {} : { picture }),
        ...(logo === undefined ? {} : { logo }),
      }),
    );
  }
  return drawn;
}

/** What a reader of the files should know. */
function remarksOf(slides: readonly SlideDrawing[], theme: Theme): string[] {
  const texts = slides.flatMap(({ items }) =>
    items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])),
  );
  const style = { font: theme.bodyFont, bold: false };
  const missing = [...new Set(texts.flatMap(({ paragraphs }) => missingLetters(paragraphs.join(''), style)))];
  const cut = texts.filter((text) => text.cut).length;
  return [
    ...(missing.length === 0
      ? []
      : [`letters that the PDF's fonts lack were left out of it: ${missing.slice(0, 20).join(' ')}`]),
    ...(cut === 0
      ? []
      : [`${cut} texts were too long for their slides: cut there, and whole in the speaker notes`]),
  ];
}

/** Draws the pictures, lays the slides out and writes the files. CPU-bound: about 0.3 s a slide with a picture. */
export async function renderDeck(job: DeckJob): Promise<RenderedDeck> {
  const { plan, formats, themeName, brand } = job;
  const theme = themeOf(themeName, brand);
  const slides = await drawings(job, theme);
  const title = cleanText(plan.title);
  const files = [];
  for (const format of formats)
    files.push({
      format,
      bytes: format === 'pptx' ? await writePptx(slides, title, theme) : await writePdf(slides, title),
    });
  const [first] = slides;
  if (first === undefined) throw new Error('a deck without slides');
  return {
    files,
    thumbnail: await thumbnailOf(first),
    slides: plan.slides.map((slide) => ({ title: cleanText(slide.title), visuals: visualsOf(slide) })),
    remarks: remarksOf(slides, theme),
  };
}
