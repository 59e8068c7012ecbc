/** Numbers to be drawn: every series has one value for each label. */
export type ChartData = {
  readonly type: 'bar' | 'line' | 'doughnut';
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** What the numbers count: `USD`, `guests`, `%`. */
  readonly unit?: string;
};

/** A point of an agenda: what comes, in a few words, and on which slide. */
export interface AgendaPoint {
  readonly title: string;
  readonly detail?: string;
  readonly slide: number;
}

export interface TableData {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One slide, before it is laid out. What it has decides its layout. */
export type SlidePlan = {
  readonly layout: 'title' | 'section' | 'content' | 'columns' | 'quote' | 'closing';
  readonly title: string;
  readonly subtitle?: string;
  readonly bullets?: readonly string[];
  readonly columns?: readonly { readonly heading: string; readonly bullets: readonly string[] }[];
  readonly chart?: ChartData;
  readonly table?: TableData;
  readonly timeline?: readonly { readonly when: string; readonly what: string }[];
  readonly agenda?: readonly AgendaPoint[];
  /** Drawn by the scene composer. */
  readonly imagePrompt?: string;
  /** A picture that was handed in, by its name; it takes the place of a drawn one. */
  readonly picture?: string;
  readonly notes?: string;
};

export interface DeckPlan {
  readonly title: string;
  readonly slides: readonly SlidePlan[];
  /** What was assumed, for the caller. */
  readonly assumptions: readonly string[];
}

/** A house style, as a brand kit gives it. Colours as `#rrggbb`, the first is the leading one. */
export type Brand = {
  readonly colours: readonly string[];
  /** Of titles; of everything where it can be read at length and no `bodyFont` is named. */
  readonly fontFamily?: string;
  readonly bodyFont?: string;
};

export type SlideVisuals = 'text' | 'image' | 'image-and-chart';

/** What a slide is priced by: one visual (a picture or a chart) counts as an image, both as both. */
export function visualsOf({ chart, imagePrompt, picture }: SlidePlan): SlideVisuals {
  const visuals = (chart === undefined ? 0 : 1) + ((picture ?? imagePrompt) === undefined ? 0 : 1);
  return visuals === 2 ? 'image-and-chart' : visuals === 1 ? 'image' : 'text';
}

/** Controls, and what XML 1.0 cannot carry at all. */
const UNPRINTABLE = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu;

/** Text of others, made fit for XML and for one paragraph: no control characters, no half characters. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(UNPRINTABLE, '').replace(/\s+/g, ' ').trim();
}
