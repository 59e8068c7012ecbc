import { common } from './claims.js';
import { canonicalNumber, contentWords, isOrder, NUMBER, numbersOf, sentencesOf } from './words.js';

/** What an answer states in figures and names. */
export interface Facts {
  readonly numbers: ReadonlySet<string>;
  /** Slots by name, such as a budget row, a count of things, a place or the recommendation; only what is stated once. */
  readonly slots: ReadonlyMap<string, string>;
}

export interface OpposedSlot {
  readonly topic: string;
  readonly values: readonly [string, string];
}

const PLACE = /\b(venue|location|place|city|date)\s*:\s*(\S.{1,60})/i;
const RECOMMENDATION =
  /\b(?:recommend(?:ation)?(?: is)?:?|go with|best (?:option|choice)(?: is)?:?|choose)\s+(.{3,80})/i;
const COUNTED = /(?<![\d:.,$€£₹])(\d(?:[\d,.]*\d)?)\s+(\p{L}{3,})/gu;
const MONEY = /(?:[$€£₹¥]|\b[A-Z]{3}\s)\s?(\d(?:[\d,.]*\d)?)/g;
const PERCENT = /(\d(?:[\d.]*\d)?)\s?%/;
const LONGEST_LABEL_WORDS = 4;

/** Reads the figures and slots of an answer; orders to the reader state nothing. */
export function factsOf(text: string): Facts {
  const sentences = sentencesOf(text).filter((sentence) => !isOrder(sentence));
  const found = new Map<string, Set<string>>();
  const note = (topic: string, value: string): void => {
    const values = found.get(topic) ?? new Set<string>();
    found.set(topic, values.add(value));
  };
  for (const sentence of sentences) {
    for (const [topic, value] of slotsIn(sentence)) note(topic, value);
  }
  const slots = new Map(
    [...found].flatMap(([topic, values]) => {
      const [value, another] = values;
      return value === undefined || another !== undefined ? [] : [[topic, value] as const];
    }),
  );
  return { numbers: new Set(sentences.flatMap(numbersOf)), slots };
}

function* slotsIn(sentence: string): Generator<readonly [topic: string, value: string]> {
  const place = PLACE.exec(sentence);
  if (place?.[1] !== undefined && place[2] !== undefined)
    yield [place[1].toLowerCase(), place[2].toLowerCase().replace(/[.,;].*$/, '')];
  const recommended = RECOMMENDATION.exec(sentence)?.[1];
  if (recommended !== undefined) yield ['recommendation', contentWords(recommended).join(' ')];
  const first = sentence.search(NUMBER);
  const label = first <= 0 ? [] : contentWords(sentence.slice(0, first));
  if (label.length > 0 && label.length <= LONGEST_LABEL_WORDS) yield* figuresOf(label.join(' '), sentence);
  for (const [, written = '', noun = ''] of sentence.matchAll(COUNTED))
    yield [`number of ${noun.toLowerCase().replace(/s$/, '')}`, canonicalNumber(written)];
}

/** Of a row: its sum of money, which stands last, and its share; a bare figure where there is neither. */
function* figuresOf(label: string, sentence: string): Generator<readonly [topic: string, value: string]> {
  const sum = [...sentence.matchAll(MONEY)].at(-1)?.[1];
  const share = PERCENT.exec(sentence)?.[1];
  const [figure] = numbersOf(sentence);
  if (sum !== undefined) yield [label, canonicalNumber(sum)];
  if (share !== undefined) yield [`share of ${label}`, canonicalNumber(share)];
  if (sum === undefined && share === undefined && figure !== undefined) yield [label, figure];
}

/** How far two answers state the same, 0 to 1; undefined when they have nothing of the kind to compare. */
export function compareFacts(one: Facts, other: Facts): number | undefined {
  const shared = [...one.slots.keys()].filter((topic) => other.slots.has(topic));
  const equal = shared.filter((topic) => one.slots.get(topic) === other.slots.get(topic));
  const fewer = Math.min(one.numbers.size, other.numbers.size);
  const parts = [
    ...(shared.length === 0 ? [] : [equal.length / shared.length]),
    ...(fewer === 0 ? [] : [common(one.numbers, other.numbers) / fewer]),
  ];
  return parts.length === 0 ? undefined : parts.reduce((sum, part) => sum + part, 0) / parts.length;
}

/** The slots that both fill, differently. */
export function opposedSlots(one: Facts, other: Facts): OpposedSlot[] {
  return [...one.slots].flatMap(([topic, value]) => {
    const against = other.slots.get(topic);
    return against === undefined || against === value ? [] : [{ topic, values: [value, against] as const }];
  });
}
