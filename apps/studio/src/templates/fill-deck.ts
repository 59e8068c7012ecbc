import type { ChartData, SlidePlan } from '../providers/local/slides/deck.js';
import type { DeckBody, DeckNumber, DeckSlide } from './deck-body.js';
import { fillerOf } from './fill-template.js';
import { slotNamed } from './template-checks.js';
import type { Slot, SlotValues } from './template-slots.js';

/** A template's slides with the values in them. Plain JSON. */
export interface FilledDeck {
  readonly theme?: string;
  readonly colours?: readonly string[];
  /** None, when all of them hang on slots that are empty. */
  readonly slides: readonly SlidePlan[];
}

type Fill = (words: string) => string;

/** Puts the values where a checked body refers to them; slides and points that hang on an empty slot are left out. */
export function fillDeck(
  { theme, colours, slides }: DeckBody,
  slots: readonly Slot[],
  values: SlotValues,
  locale: string,
): FilledDeck {
  const fill = fillerOf(slots, values, locale);
  const tints = colours?.flatMap((colour) => {
    const slot = slotNamed(colour);
    const tint = slot === undefined ? colour : values[slot];
    return tint === undefined ? [] : [String(tint).toLowerCase()];
  });
  return {
    ...(theme === undefined ? {} : { theme }),
    ...(tints === undefined ? {} : { colours: tints }),
    slides: slides
      .filter(({ when }) => when === undefined || values[when] !== undefined)
      .map((slide) => filledSlide(slide, fill, values))
      .filter(({ title }) => title.trim() !== ''),
  };
}

function filledSlide(slide: DeckSlide, fill: Fill, values: SlotValues): SlidePlan {
  const { layout, title, bullets, columns, timeline, table, image } = slide;
  const lines = (texts: readonly string[]): string[] => texts.map(fill).filter((text) => text.trim() !== '');
  const chart = filledChart(slide.chart, fill, values);
  const single = Object.entries({
    subtitle: slide.subtitle,
    imagePrompt: slide.imagePrompt,
    notes: slide.notes,
  }).flatMap(([name, text]) => (text === undefined ? [] : [[name, fill(text)] as const]));
  return {
    layout,
    title: fill(title),
    ...Object.fromEntries(single.filter(([, text]) => text.trim() !== '')),
    ...(bullets === undefined ? {} : { bullets: lines(bullets) }),
    ...(columns === undefined
      ? {}
      : { columns: columns.map((each) => ({ heading: fill(each.heading), bullets: lines(each.bullets) })) }),
    ...(timeline === undefined
      ? {}
      : { timeline: timeline.map(({ when, what }) => ({ when: fill(when), what: fill(what) })) }),
    ...(table === undefined
      ? {}
      : { table: { head: table.head.map(fill), rows: table.rows.map((row) => row.map(fill)) } }),
    ...(chart === undefined ? {} : { chart }),
    ...(image === undefined || values[image] === undefined ? {} : { picture: image }),
  };
}

/** A chart whose numbers are not all there is none. */
function filledChart(chart: DeckSlide['chart'], fill: Fill, values: SlotValues): ChartData | undefined {
  if (chart === undefined) return undefined;
  const { type, labels, series, unit } = chart;
  const numbers = series.map((each) => each.values.map((value) => numberOf(value, values)));
  if (numbers.flat().includes(undefined)) return undefined;
  return {
    type,
    labels: labels.map(fill),
    series: series.map(({ name }, index) => ({
      name: fill(name),
      values: (numbers[index] ?? []).map(Number),
    })),
    ...(unit === undefined ? {} : { unit: fill(unit) }),
  };
}

function numberOf(value: DeckNumber, values: SlotValues): number | undefined {
  const found = typeof value === 'number' ? value : values[slotNamed(value) ?? ''];
  return typeof found === 'number' ? found : undefined;
}
