import { cutText } from '../providers/cut-text.js';
import { textsIn } from '../templates/texts-in.js';
import type { Brand, DeckPlan, SlidePlan } from '../providers/local/slides/deck.js';
import { cleanText } from '../providers/local/slides/deck.js';
import { outlineOf } from '../providers/local/slides/outline/outliner.js';
import type { PictureRef } from '../posters/poster-input.js';
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
  /** As the caller wrote it: a theme's name, or a template's id. */
  readonly templateId?: string;
  readonly templateVersion?: number;
  /** A template's slides with the slots filled; they take the place of an outline. */
  readonly filled?: readonly SlidePlan[];
  readonly theme?: string;
  readonly brandKitId?: string;
  readonly brand?: Brand;
  /** What was handed in, by the name of its slot; `logo` is the brand's. */
  readonly pictures?: Readonly<Record<string, PictureRef>>;
};

const GIVEN = 'the slides are as the outline gave them, and only laid out';
const FILLED = 'the slides are those of the template, with the values put in';

/** An outline's slide: the first one without points or numbers is the cover, a later one a section. */
function givenSlide(slide: SlideInput, index: number): SlidePlan {
  const isBare = (slide.bullets ?? []).length === 0 && slide.chart === undefined;
  return { ...slide, layout: isBare ? (index === 0 ? 'title' : 'section') : 'content' };
}

function withWishes(slide: SlidePlan, { images, charts }: PresentationInput): SlidePlan {
  const { imagePrompt, picture, chart, ...rest } = slide;
  return {
    ...rest,
    ...(picture === undefined || !images ? {} : { picture }),
    ...(imagePrompt === undefined || !images ? {} : { imagePrompt }),
    ...(chart === undefined || !charts ? {} : { chart }),
  };
}

/** The slides of a job. Pure: the price is taken from them before they are made. */
export function planOf(input: PresentationInput): DeckPlan {
  const plan = plannedBy(input);
  return { ...plan, slides: plan.slides.map((slide) => withWishes(slide, input)) };
}

function plannedBy({ filled, outline, topic = '', audience, slides }: PresentationInput): DeckPlan {
  const given = filled ?? outline?.map(givenSlide);
  if (given === undefined)
    return outlineOf({ topic, slides, ...(audience === undefined ? {} : { audience }) });
  const title = cutText(cleanText(topic), 120) || cleanText(given[0]?.title ?? 'Presentation');
  return { title, slides: given, assumptions: [filled === undefined ? GIVEN : FILLED] };
}

/** The caller's own words, and what a template says with them, for moderation. */
export function wordsOf({ topic, audience, outline, filled }: PresentationInput): string[] {
  return textsIn([topic, audience, outline, filled]);
}
