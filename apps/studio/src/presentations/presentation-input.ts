import { cutText } from '../providers/cut-text.js';
import type { Brand, DeckPlan, SlidePlan } from '../providers/local/slides/deck.js';
import { cleanText } from '../providers/local/slides/deck.js';
import { outlineOf } from '../providers/local/slides/outline/outliner.js';
import type { DeckFormat } from '../providers/local/slides/render-deck.js';

/** The operation's name in the price table and on the ledger. */
export const PRESENTATION_OPERATION = 'presentations.generate';

/** A slide as the caller wrote it. */
export type SlideInput = Pick<SlidePlan, 'title'> &
  Partial<Pick<SlidePlan, 'bullets' | 'notes' | 'chart' | 'imagePrompt'>>;

/** What a presentation job keeps of its request. Its slides are planned from this alone, at the quote and at work. */
export type PresentationInput = {
  readonly topic?: string;
  readonly audience?: string;
  readonly outline?: readonly SlideInput[];
  readonly slides: number;
  readonly images: boolean;
  readonly charts: boolean;
  readonly formats: readonly DeckFormat[];
  readonly templateId?: string;
  readonly brand?: Brand;
};

const GIVEN = 'the slides are as the outline gave them, and only laid out';

/** An outline's slide: the first one without points or numbers is the cover, a later one a section. */
function givenSlide(slide: SlideInput, index: number): SlidePlan {
  const isBare = (slide.bullets ?? []).length === 0 && slide.chart === undefined;
  return { ...slide, layout: isBare ? (index === 0 ? 'title' : 'section') : 'content' };
}

function withWishes(slide: SlidePlan, { images, charts }: PresentationInput): SlidePlan {
  const { imagePrompt, chart, ...rest } = slide;
  return {
    ...rest,
    ...(imagePrompt === undefined || !images ? {} : { imagePrompt }),
    ...(chart === undefined || !charts ? {} : { chart }),
  };
}

/** The slides of a job. Pure: the price is taken from them before they are made. */
export function planOf(input: PresentationInput): DeckPlan {
  const { outline, topic = '', audience, slides } = input;
  const plan =
    outline === undefined
      ? outlineOf({ topic, slides, ...(audience === undefined ? {} : { audience }) })
      : {
          title: cutText(cleanText(topic), 120) || cleanText(outline[0]?.title ?? 'Presentation'),
          slides: outline.map(givenSlide),
          assumptions: [GIVEN],
        };
  return { ...plan, slides: plan.slides.map((slide) => withWishes(slide, input)) };
}

/** The caller's own words, for moderation. */
export function wordsOf({ topic, audience, outline = [] }: PresentationInput): string[] {
  const slides = outline.flatMap(({ title, bullets = [], notes, imagePrompt, chart }) => [
    title,
    ...bullets,
    notes ?? '',
    imagePrompt ?? '',
    ...(chart === undefined ? [] : [...chart.labels, ...chart.series.map(({ name }) => name)]),
  ]);
  return [topic ?? '', audience ?? '', ...slides].filter((text) => text !== '');
}
