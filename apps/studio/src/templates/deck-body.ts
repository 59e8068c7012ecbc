import { THEMES } from '../providers/local/slides/themes.js';
import {
  anySlot,
  type Check,
  type Context,
  number,
  oneOf,
  plainColour,
  slotNamed,
  slotOf,
  slotTypes,
  wordsOf,
} from './template-checks.js';
import type { Slot, TemplateFault } from './template-slots.js';
import { textsIn } from './texts-in.js';

/** A number, or the slot that gives it. */
export type DeckNumber = number | string;

/** A slide of a template: words with `{{slots}}` in them. */
export interface DeckSlide {
  readonly layout: 'title' | 'section' | 'content' | 'quote' | 'closing';
  readonly title: string;
  readonly subtitle?: string;
  readonly bullets?: readonly string[];
  readonly columns?: readonly { readonly heading: string; readonly bullets: readonly string[] }[];
  readonly timeline?: readonly { readonly when: string; readonly what: string }[];
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly chart?: {
    readonly type: 'bar' | 'line' | 'doughnut';
    readonly labels: readonly string[];
    readonly series: readonly { readonly name: string; readonly values: readonly DeckNumber[] }[];
    readonly unit?: string;
  };
  readonly imagePrompt?: string;
  /** The slot of the picture that is handed in. */
  readonly image?: string;
  readonly notes?: string;
  /** The slide is left out while this slot is empty. */
  readonly when?: string;
}

/** The body of a template for presentations. */
export interface DeckBody {
  readonly type: 'deck';
  readonly theme?: string;
  readonly colours?: readonly string[];
  readonly slides: readonly DeckSlide[];
}

type Rule = (value: unknown, field: string, at: Context) => TemplateFault[];

const MOST_SLIDES = 30;
/** Of all texts together: what a deck of thirty full slides has, several times over. */
const LONGEST_BODY = 60_000;
const LARGEST_NUMBER = 1e15;

const is =
  (check: Check): Rule =>
  (value, field, at) => {
    const message = check(value, at);
    return message === undefined ? [] : [{ field, message }];
  };

const list =
  (rule: Rule, least: number, most: number): Rule =>
  (value, field, at) =>
    Array.isArray(value) && value.length >= least && value.length <= most
      ? value.flatMap((each, index) => rule(each, `${field}[${index}]`, at))
      : [{ field, message: `must be a list of ${least} to ${most}` }];

const record =
  (rules: Readonly<Record<string, Rule>>, needed: readonly string[]): Rule =>
  (value, field, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [{ field, message: `must have ${needed.join(', ')}` }];
    const missing = needed.filter((name) => !Object.hasOwn(value, name));
    const faults = Object.entries(value).flatMap(([name, each]): TemplateFault[] => {
      const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
      const place = `${field}.${name.slice(0, 40)}`;
      return rule === undefined ? [{ field: place, message: 'is not known here' }] : rule(each, place, at);
    });
    return [...missing.map((name) => ({ field: `${field}.${name}`, message: 'is required' })), ...faults];
  };

const words = (most: number): Rule => is(wordsOf(most));
const bullets = list(words(500), 1, 10);

const amount: Check = (value, at) =>
  number(-LARGEST_NUMBER, LARGEST_NUMBER)(value, at) === undefined ||
  at.slots.get(slotNamed(value) ?? '') === 'number'
    ? undefined
    : 'must be a number or a {{slot}} of type number';

const chart: Rule = (value, field, at) => {
  const faults = record(
    {
      type: is(oneOf('bar', 'line', 'doughnut')),
      labels: list(words(60), 1, 12),
      series: list(record({ name: words(60), values: list(is(amount), 1, 12) }, ['name', 'values']), 1, 4),
      unit: words(12),
    },
    ['type', 'labels', 'series'],
  )(value, field, at);
  if (faults.length > 0) return faults;
  const { labels, series } = value as NonNullable<DeckSlide['chart']>;
  return series.every(({ values }) => values.length === labels.length)
    ? []
    : [{ field: `${field}.series`, message: 'must have as many values as there are labels' }];
};

const slide = record(
  {
    layout: is(oneOf('title', 'section', 'content', 'quote', 'closing')),
    title: words(200),
    subtitle: words(300),
    bullets,
    columns: list(record({ heading: words(120), bullets }, ['heading', 'bullets']), 2, 4),
    timeline: list(record({ when: words(60), what: words(200) }, ['when', 'what']), 2, 8),
    table: record({ head: list(words(80), 1, 6), rows: list(list(words(200), 1, 6), 1, 12) }, [
      'head',
      'rows',
    ]),
    chart,
    imagePrompt: words(1_000),
    image: is(slotOf('image')),
    notes: words(4_000),
    when: is(anySlot),
  },
  ['layout', 'title'],
);

const deck = record(
  {
    type: is(oneOf('deck')),
    theme: is(oneOf(...THEMES.map(({ name }) => name))),
    colours: list(is(plainColour), 1, 6),
    slides: list(slide, 1, MOST_SLIDES),
  },
  ['type', 'slides'],
);

/** Every fault of a presentation's body: unknown properties, values out of bounds, references to slots that there are not. */
export function deckFaults(body: unknown, slots: readonly Slot[]): TemplateFault[] {
  const faults = deck(body, 'body', slotTypes(slots));
  if (faults.length > 0) return faults;
  const length = textsIn(body).reduce((sum, text) => sum + text.length, 0);
  const message = `must have at most ${LONGEST_BODY} characters of text`;
  return length <= LONGEST_BODY ? [] : [{ field: 'body', message }];
}
