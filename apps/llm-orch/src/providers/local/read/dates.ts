import * as chrono from 'chrono-node';
import nlp from 'compromise';
import dates from 'compromise-dates';
import type { Deadline, EventDate } from '../brief.js';
import { turnAt } from './turns.js';
import { weekOfMonth, withCalendarDays } from './calendar.js';

/** What we use of compromise with its dates plug-in, whose own types do not say it. */
type DatesView = (text: string) => {
  dates(options: object): { get(): { start?: string; end?: string; unit?: string }[] };
};
const nlpDates = nlp.extend(dates) as unknown as DatesView;

/** Feasts and periods that chrono does not know; compromise-dates works them out. */
const NAMED_PERIOD =
  /\b(?:(?:early|late|mid)[- ])?(?:(?:next|this|coming) )?(?:spring|summer|autumn|fall|winter|christmas(?: eve| day)?(?! (?:party|dinner|lunch|celebration|market|do|event|bash))|new year[’']?s? (?:eve|day)|nye|easter|thanksgiving|halloween|valentine[’']?s day|mother[’']?s day|father[’']?s day|independence day|q[1-4])(?:,? (?:of )?20\d\d)?\b/i;
/** A season that describes the event ("summer party") still says roughly when, unlike a theme ("Halloween themed"). */
const NOT_A_DATE =
  /\b(?:half|full|all|whole)[- ](?:an? )?day\b|\b\d+(?:st|nd|rd|th)?[- ]?(?:years?[- ]old|year|birthday|anniversary|yrs?|y\/o|edition|annual)\b|\b(?:turn(?:s|ing)|aged?) \d+\b|\b\d+(?:\.\d+)?[- ]?(?:day|night|hour|hr|minute|min|week)s?(?:[- ]long)?\b(?! (?:from|later|before|after))|\b\d{1,2}x\d{1,2}\b|\bmarch(?:es|ing)\b|\bsecond\b|\b\d+(?:[.,]\d+)*k?\s?(?:%|capacity|people|guests|pax)\b|\bsat (?:down|nav)\b|(?<!\b(?:this|next|coming|the|a) )\bweekend\b/gi;
/** Alone they would be read as today's; "this evening" and "8 in the evening" stay. */
const PART_OF_DAY =
  /(?<!\b(?:this|\d(?: ?o.clock)?(?: in the| at)?)\s)\b(?:(?:in the|early|late)\s)?(?:morning|afternoon|evening|night|midday)\b(?:\s+of\b)?/gi;
const KEEP_IN = /\b(?:in|within) \d+ (?:day|week|month)s?\b/gi;
const SINGLE_MONTH_VERB =
  /\b(?:may|march)\b(?!\s*\d)(?<!\b(?:in|of|next|this|early|late|mid|during|by|for) (?:may|march))/gi;

export interface DateReading {
  readonly date?: EventDate;
  /** Days from first to last, when a range was given. */
  readonly rangeDays?: number;
  readonly startMinute?: number;
  readonly endMinute?: number;
  /** Days by which something must be done; none of them is the event's own. */
  readonly deadlines: readonly Deadline[];
}

/**
 * Date and clock times of a text, seen from `now` (calendar dates in UTC).
 * @param dayFirst whether 3/5 means the third of May
 */
export function readDates(text: string, now: Date, dayFirst: boolean): DateReading {
  const today = now.toISOString().slice(0, 10);
  const clean = cleanedForDates(withCalendarDays(text, today));
  const parser = dayFirst ? chrono.en.GB : chrono.en.casual;
  const results = parser.parse(clean, { instant: now, timezone: 'UTC' }, { forwardDate: true });
  const dates = results.filter(
    ({ start }) =>
      start.isCertain('day') || start.isCertain('weekday') || start.isCertain('month') || isRelative(start),
  );
  const due = dates.filter((result) => deadlineBefore(clean, result.index) !== undefined);
  const dated = fullestOfFirstTurn(
    clean,
    dates.filter((result) => !due.includes(result)),
  );
  const times = results.filter(
    ({ start, index }) => start.isCertain('hour') && !BOUND.test(clean.slice(Math.max(0, index - 12), index)),
  );
  const ends = times.filter(
    ({ index, end }) => !end && ENDS.test(clean.slice(Math.max(0, index - 40), index)),
  );
  const timed = times.find((result) => !ends.includes(result));
  const week = weekOfMonth(text, today);
  const date = week
    ? { ...week, precision: 'period' as const }
    : dated
      ? fromChrono(dated)
      : namedPeriod(clean, now);
  return {
    date,
    rangeDays: date?.precision === 'day' && date.endIso ? daysBetween(date.iso, date.endIso) + 1 : undefined,
    startMinute: timed ? minuteOf(timed.start) : undefined,
    endMinute: timed?.end?.isCertain('hour')
      ? minuteOf(timed.end)
      : ends[0]
        ? minuteOf(ends[0].start)
        : undefined,
    deadlines: due.map((result) => ({
      what: deadlineBefore(clean, result.index) ?? 'deadline',
      iso: isoOf(result.start),
    })),
  };
}

/** "every Thursday … first one on 4 February": within what was said last, a full date beats a bare weekday. */
function fullestOfFirstTurn(
  text: string,
  dates: readonly chrono.ParsedResult[],
): chrono.ParsedResult | undefined {
  const [first] = dates;
  if (!first) return undefined;
  const turn = turnAt(text, first.index);
  const full = dates.find(
    ({ start, index }) => start.isCertain('day') && start.isCertain('month') && turnAt(text, index) === turn,
  );
  return first.start.isCertain('month') || isRelative(first.start) ? first : (full ?? first);
}

/** "No music after 10pm": an hour that neither begins nor ends the event. */
const BOUND = /\b(?:after|past|before)\s+$/i;
const ENDS =
  /\b(?:end(?:s|ing)?|finish(?:es|ed)?|done|over|close[sd]?|until|till|out|latest)\b[^.;\n\d]{0,15}$/i;
/** "Deadline for registration 5 May" and "reply by 5 May": a day to act by. */
const DUE_NOUN =
  /\b(?<what>[\p{L}-]*\s?(?:deadline|due date)(?: (?:for|of) (?:the )?[\p{L}-]+(?: [\p{L}-]+)?)?|rsvps?|early[- ]bird(?: [\p{L}]+)?|registrations? (?:opens?|closes?|ends?)|tickets? (?:on sale|sales)|due)\b[^.;,\n]{0,15}$/iu;
const DUE_VERB =
  /\b(?<what>reply|respond|confirm|register|decide|pay|submit|sign up|book|order|quote|answer|proposal|offers?)\b[^.;\n]{0,40}\b(?:by|before|until|no later than)\s*$/i;

function deadlineBefore(text: string, index: number): string | undefined {
  const before = text.slice(Math.max(0, index - 70), index);
  const what = (DUE_NOUN.exec(before) ?? DUE_VERB.exec(before))?.groups?.['what'];
  return what?.trim().toLowerCase();
}

function cleanedForDates(text: string): string {
  const kept = new Set([...text.matchAll(KEEP_IN)].map(({ index }) => index));
  const blank = (all: string) => ' '.repeat(all.length);
  const spelled = text
    .replace(/\bmidnight\b/gi, '12am')
    .replace(
      /\b(\d{1,2}(?:st|nd|rd|th)?)\s?(?:&|and)\s?(?=\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))/gi,
      '$1 to ',
    );
  const withoutVerbs = spelled.replace(SINGLE_MONTH_VERB, (word) =>
    /^[MA]/.test(word) && /^(?:May|March)$/.test(word) ? word : blank(word),
  );
  return withoutVerbs
    .replace(PART_OF_DAY, blank)
    .replace(NOT_A_DATE, (all: string, offset: number) =>
      [...kept].some((start) => start <= offset && offset <= start + 10) ? all : blank(all),
    );
}

function isRelative(start: chrono.ParsedComponents): boolean {
  return start.tags().has('result/relativeDate') || start.tags().has('result/relativeDateAndTime');
}

function fromChrono(result: chrono.ParsedResult): EventDate {
  const { start, end } = result;
  const toDay = start.isCertain('day') || start.isCertain('weekday') || isRelative(start);
  const endIso = end && (end.isCertain('day') || end.isCertain('weekday')) ? isoOf(end) : undefined;
  const sameNight = end !== null && end !== undefined && isSmallHours(start, end);
  return {
    iso: toDay ? isoOf(start) : `${isoOf(start).slice(0, 7)}-01`,
    precision: toDay ? 'day' : 'month',
    saidAs: result.text.trim(),
    ...(endIso !== undefined && endIso > isoOf(start) && !sameNight ? { endIso } : {}),
  };
}

/** "7pm to 1am" is one evening, not two days. */
function isSmallHours(start: chrono.ParsedComponents, end: chrono.ParsedComponents): boolean {
  return (
    start.isCertain('hour') &&
    end.isCertain('hour') &&
    (end.get('hour') ?? 0) <= SMALL_HOURS &&
    daysBetween(isoOf(start), isoOf(end)) === 1
  );
}
const SMALL_HOURS = 8;

function isoOf(parts: chrono.ParsedComponents): string {
  const pad = (value: number | null, width: number) => String(value ?? 1).padStart(width, '0');
  return `${pad(parts.get('year'), 4)}-${pad(parts.get('month'), 2)}-${pad(parts.get('day'), 2)}`;
}

function minuteOf(parts: chrono.ParsedComponents): number {
  return (parts.get('hour') ?? 0) * 60 + (parts.get('minute') ?? 0);
}

function namedPeriod(text: string, now: Date): EventDate | undefined {
  const said = NAMED_PERIOD.exec(text)?.[0];
  if (said === undefined) return undefined;
  const today = now.toISOString().slice(0, 10);
  const first = periodFrom(said, today);
  const iso = first?.start?.slice(0, 10);
  if (iso === undefined || !/^\d{4}-\d\d-\d\d$/.test(iso)) return undefined;
  return { iso, precision: first?.unit === 'day' ? 'day' : 'period', saidAs: said.trim() };
}

/** The period as seen from a day; one that is over and names no year is next year's. */
function periodFrom(said: string, today: string) {
  const seenFrom = (day: string) =>
    nlpDates(said.replace(/\bnye\b/i, 'new years eve'))
      .dates({ today: day, timezone: 'UTC' })
      .get()[0];
  const found = seenFrom(today);
  const over = (found?.end ?? found?.start ?? today).slice(0, 10) < today;
  return over && !/20\d\d/.test(said) ? seenFrom(`${Number(today.slice(0, 4)) + 1}-01-01`) : found;
}

/** Whole days from one ISO date to another. */
export function daysBetween(fromIso: string, toIso: string): number {
  return Math.round((Date.parse(toIso) - Date.parse(fromIso)) / 86_400_000);
}

/** The ISO date `days` later (earlier when negative). */
export function addDays(iso: string, days: number): string {
  return new Date(Date.parse(iso) + days * 86_400_000).toISOString().slice(0, 10);
}
