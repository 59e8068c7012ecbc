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
import { layOutSlide } from './layouts.js';
import { logoOf } from './logo.js';
import { pictureArea, type SlidePicture } from './page.js';
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
  /** What was handed in, by the name that slides call it; `logo` stands on every slide. Any format that sharp reads. */
  readonly pictures?: Readonly<Record<string, Uint8Array>>;
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

/** Drawn, or cut, in the ratio of its place, then brought to it to the pixel: nothing is ever stretched. */
async function pictureOf(
  plan: SlidePlan,
  pictures: NonNullable<DeckJob['pictures']>,
  seed: number,
): Promise<SlidePicture | undefined> {
  const { w, h } = pictureArea(plan);
  const [width, height] = [Math.round(w * DENSITY), Math.round(h * DENSITY)];
  const given = plan.picture === undefined ? undefined : pictures[plan.picture];
  const bytes = given ?? (await drawn(plan.imagePrompt, width, height, seed));
  if (bytes === undefined) return undefined;
  const cut = sharp(bytes).rotate().resize(width, height, { fit: 'cover', position: 'attention' });
  const image = await cut.flatten({ background: '#ffffff' }).jpeg({ quality: 86 }).toBuffer();
  return { image, alt: plan.imagePrompt ?? plan.title };
}

async function drawn(
  prompt: string | undefined,
  width: number,
  height: number,
  seed: number,
): Promise<Uint8Array | undefined> {
  if (prompt === undefined) return undefined;
  const shape = { width, height, variantIndex: 0, quality: 'standard', format: 'png' } as const;
  return (await renderImage({ prompt, stylePreset: PICTURE_STYLE, seed, ...shape })).bytes;
}

async function drawings({ plan, seed, pictures = {} }: DeckJob, theme: Theme): Promise<SlideDrawing[]> {
  const deckTitle = cleanText(plan.title);
  const logo = pictures['logo'] === undefined ? {} : { logo: await logoOf(pictures['logo'], theme) };
  const laidOut: SlideDrawing[] = [];
  for (const [index, slide] of plan.slides.entries()) {
    const made = await pictureOf(slide, pictures, (seed + index * 7919) % 2 ** 32);
    const picture = made === undefined ? {} : { picture: made };
    laidOut.push(layOutSlide(slide, { theme, deckTitle, number: index + 1, ...picture, ...logo }));
  }
  return laidOut;
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
