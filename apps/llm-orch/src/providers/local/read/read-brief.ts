import type { Brief, Exclusion, Place } from '../brief.js';
import type { EventType } from '../data/event-types.js';
import { readDates } from './dates.js';
import { exclusionById, readExclusions, readFeatures, readNeeds } from './constraints.js';
import { readDuration } from './duration.js';
import type { TypeReading } from './event-type.js';
import { readEventType } from './event-type.js';
import { readGuests } from './guests.js';
import { inEnglish } from './glossary.js';
import { hoursBetween, partOfDay } from './hours.js';
import { inLocalCurrency } from './local-currency.js';
import { conditionNotes, dateNotes } from './notes.js';
import { ageIn, honoureeIn, isForChildren, themeIn } from './people.js';
import { findMoney, readBudget } from './money.js';
import { withDigits } from './numbers.js';
import { readPlace, writesDayFirst } from './place.js';
import { readSetting, settingExclusions } from './setting.js';
import { firstTurn } from './turns.js';

const MAX_RAW = 60_000;
const HEAD = 4_000;
const TAIL = 2_000;
const ADULT = 18;
/** Everything the rules understand of a text: prompt, earlier turns and context joined. Pure but for `now`. */
export function readBrief(raw: string, now: Date): Brief {
  const { text, language } = inEnglish(bounded(raw));
  const digits = withDigits(text);
  const years = ageIn(digits);
  const money = findMoney(digits);
  const withoutMoney = blank(digits, money);
  const guests = readGuests(
    withoutMoney.replace(/\b\d{1,2}[:.]\d\d\b|\b\d{1,2}\s?[ap]\.?m\b/gi, (all) => ' '.repeat(all.length)),
  );
  const read = readBudget(money, guests?.count);
  const budgetNotes = read.assumptions;
  const { type, stated, topic, typeName, audience } = typeOverTurns(text, isForChildren(text, years));
  const place = firstTurn(text, placeOf) ?? {};
  const budget = inLocalCurrency(read.budget, place);
  // "27 December 2026, 24 attendees" would be read as an hour.
  const withoutCounts = guests
    ? withoutMoney.replace(guests.saidAs, (all) => '#'.repeat(all.length))
    : withoutMoney;
  const dates = readDates(withoutCounts, now, writesDayFirst(place, text));
  const theme = themeIn(text);
  const exclusions = readExclusions(text);
  const needs = readNeeds(text);
  const setting = readSetting(text, type);
  const allExclusions = [
    ...exclusions,
    ...needs.exclusions,
    ...impliedExclusions(type, years, exclusions),
    ...settingExclusions(setting),
  ];
  const duration = daysOf(digits, dates.rangeDays, type, place);
  return {
    text,
    type,
    typeStated: stated,
    typeName,
    topic,
    guests,
    budget,
    place,
    date: dates.date,
    days: duration.days,
    daysStated: duration.how,
    hours: duration.hours ?? hoursBetween(dates.startMinute, dates.endMinute),
    startMinute: dates.startMinute ?? partOfDay(text, type),
    endMinute: dates.endMinute,
    deadlines: dates.deadlines,
    otherMoney: money.filter(({ score }) => score < 0),
    audience,
    language,
    setting,
    theme,
    honouree: honoureeIn(text),
    years,
    exclusions: allExclusions,
    needs: needs.needs,
    features: readFeatures(text, allExclusions, type),
    assumptions: [
      ...conditionNotes(text),
      ...budgetNotes,
      ...dateNotes(dates.date, now),
      ...soberNotes(type, years, exclusions),
    ],
  };
}

/**
 * Slots stand at the beginning (prompt) and at the end (context). The cap and the squeezing of long runs keep the
 * readers' time bounded whatever is sent.
 */
function bounded(raw: string): string {
  const squeezed = raw
    .slice(0, MAX_RAW)
    .replace(/\d{16,}/g, '#')
    .replace(/[ \t]{3,}/g, ' ')
    .replace(/(\D)\1{9,}/gsu, '$1$1$1');
  return squeezed.length <= HEAD + TAIL ? squeezed : `${squeezed.slice(0, HEAD)}\n${squeezed.slice(-TAIL)}`;
}

function blank(text: string, spans: readonly { start: number; end: number }[]): string {
  return spans.reduce(
    (out, { start, end }) => out.slice(0, start) + '#'.repeat(end - start) + out.slice(end),
    text,
  );
}

const NEW_EVENT =
  /\b(?:plan|organi[sz]e|host|throw|design|instead|rather|make it an?|change (?:it|this) (?:to|into)|now)\b/i;

/** The event of the first turn that names one, unless a later turn orders another: "and add a dinner" does not. */
function typeOverTurns(text: string, children: boolean): TypeReading {
  const turns = text.split('\f').map((turn) => ({ turn, reading: readEventType(turn, children) }));
  const named = turns.filter(({ reading }) => reading.stated);
  const ordered = named.find(({ turn }) => NEW_EVENT.test(turn));
  return (ordered ?? named.at(-1) ?? turns[0])?.reading ?? readEventType(text, children);
}

function placeOf(text: string): Place | undefined {
  const place = readPlace(text);
  return place.name === undefined && place.venue === undefined ? undefined : place;
}

function impliedExclusions(
  type: EventType,
  years: number | undefined,
  stated: readonly Exclusion[],
): Exclusion[] {
  const minors =
    type.family === 'kids' ||
    (years !== undefined && years < ADULT && /birthday|sweet|mitzvah/.test(type.id));
  const sober = minors || type.id === 'eid-party';
  const alcohol =
    sober && !stated.some(({ label }) => label === 'alcohol') ? exclusionById('alcohol') : undefined;
  return alcohol ? [{ ...alcohol, label: '' }] : [];
}

function soberNotes(type: EventType, years: number | undefined, stated: readonly Exclusion[]): string[] {
  return impliedExclusions(type, years, stated).length > 0
    ? ['Planned without alcohol, as suits the guests.']
    : [];
}

function daysOf(
  text: string,
  rangeDays: number | undefined,
  type: EventType,
  place: Place,
): { days: number; how: Brief['daysStated']; hours?: number } {
  const { days, vague, hours } = readDuration(text);
  const stated = days ?? rangeDays;
  if (stated !== undefined && stated <= 30)
    return { days: stated, how: 'stated', ...(hours === undefined ? {} : { hours }) };
  if (vague === true) return { days: type.family === 'festival' ? 3 : 2, how: 'vague' };
  const usual =
    hours === undefined && ['offsite', 'hackathon'].includes(type.family) && place.venue === undefined
      ? 2
      : 1;
  return { days: usual, how: 'assumed', ...(hours === undefined ? {} : { hours }) };
}
