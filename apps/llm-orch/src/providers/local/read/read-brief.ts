import type { Brief, Budget, EventDate, Exclusion, Place } from '../brief.js';
import { currencyByCode } from '../data/currencies.js';
import type { EventType } from '../data/event-types.js';
import { readDates } from './dates.js';
import { exclusionById, readExclusions, readFeatures, readNeeds } from './constraints.js';
import { readDuration } from './duration.js';
import type { TypeReading } from './event-type.js';
import { readEventType } from './event-type.js';
import { readGuests } from './guests.js';
import { inEnglish } from './glossary.js';
import { findMoney, readBudget } from './money.js';
import { withDigits } from './numbers.js';
import { readPlace, writesDayFirst } from './place.js';
import { readSetting, settingExclusions } from './setting.js';
import { firstTurn } from './turns.js';
import { FAMILIES } from '../data/families.js';

const MAX_RAW = 60_000;
const HEAD = 4_000;
const TAIL = 2_000;
const ADULT = 18;
const CHILD = 13;
const AGE =
  /\b(\d{1,3})[- ]?(?:years?[- ]old|yrs?[- ]old|yo\b|y\/o)|\b(?:turn(?:s|ing)|aged?)\s+(\d{1,3})\b|\b(\d{1,3})(?:st|nd|rd|th)[- ](?:(?:surprise|wedding|company|work|kids|business) )?(?:birthday|anniversary|b-?day)|[’']s (\d{1,3})(?:st|nd|rd|th)\b/i;
const HONOUREE =
  /\bfor (my (?:\w+ )?(?:mother|mom|mum|father|dad|wife|husband|son|daughter|sister|brother|boss|friend|best friend|grandmother|grandma|grandfather|grandpa|partner|fianc[ée]e?|girlfriend|boyfriend|niece|nephew|aunt|uncle|colleague|parents|grandparents|twins)|our (?:ceo|boss|parents|manager|founder|team lead|daughter|son|colleague))(?:[’']s)?\b/i;
const NAMED_HONOUREE =
  /(?:birthday|retirement|anniversary|party|celebration|shower|farewell|dinner)\s+for\s+([A-Z][\p{L}]+(?:(?: (?:and|&))? (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][\p{L}]+){0,2})\b(?!\s+(?:people|guests))|\b([A-Z][\p{L}]+(?: (?:and|&) [A-Z][\p{L}]+)?)[’']s\s+(?:\d+\w* )?(?:surprise )?(?:birthday|retirement|anniversary|wedding|farewell|graduation|engagement)/u;
const THEME =
  /(?<![\p{L}])((?:[\p{L}\d]+(?:['’-][\p{L}\d]+)*\s){0,2}[\p{L}\d’'-]+)[- ]themed?(?![\p{L}])|\btheme(?:\s+(?:is|of)|:)\s*"?([\p{L}\d][\p{L}\d '’-]{1,40})"?|\bwith an?\s+([\p{L}\d '’-]{2,30}?)\s+theme\b/iu;

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
  const dates = readDates(withoutMoney, now, writesDayFirst(place, text));
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

function ageIn(text: string): number | undefined {
  const match = AGE.exec(text);
  const age = Number(match?.[1] ?? match?.[2] ?? match?.[3] ?? match?.[4] ?? Number.NaN);
  return age > 0 && age <= 150 ? age : undefined;
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

/** Names that several countries use: there the place decides. */
const SHARED_NAMES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bpesos?\b/i, ['MXN', 'COP', 'ARS', 'CLP', 'PHP']],
  [/\brupees?\b/i, ['INR', 'PKR', 'LKR', 'NPR']],
];

function inLocalCurrency(budget: Budget | undefined, { city }: Place): Budget | undefined {
  const local = city && currencyByCode(city.currencyCode);
  const shared = SHARED_NAMES.find(([name]) => budget && name.test(budget.saidAs))?.[1];
  if (!budget || !local || !shared?.includes(local.code) || !shared.includes(budget.currency.code))
    return budget;
  const factor = 10 ** (local.decimals - budget.currency.decimals);
  return { ...budget, currency: local, amountMinor: Math.max(1, Math.round(budget.amountMinor * factor)) };
}

function placeOf(text: string): Place | undefined {
  const place = readPlace(text);
  return place.name === undefined && place.venue === undefined ? undefined : place;
}

function isForChildren(text: string, years: number | undefined): boolean {
  return (years !== undefined && years < CHILD) || /\b(?:kids|children|toddlers)\b/i.test(text);
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

function themeIn(text: string): string | undefined {
  const match = THEME.exec(text);
  const theme = (match?.[1] ?? match?.[2] ?? match?.[3])
    ?.trim()
    .replace(
      /^(?:(?:plan|organi[sz]e|throw|host|design|create|a|an|the|my|our|want|for|with|have|please|me)\s+)+/i,
      '',
    );
  return theme === undefined || theme === '' ? undefined : theme;
}

function honoureeIn(text: string): string | undefined {
  const named = NAMED_HONOUREE.exec(text);
  const name = named?.[1] ?? named?.[2];
  if (name !== undefined) return name;
  return HONOUREE.exec(text)?.[1]?.replace(/^my /i, 'your ').replace(/^our /i, 'your ');
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

function hoursBetween(start: number | undefined, end: number | undefined): number | undefined {
  if (start === undefined || end === undefined) return undefined;
  return ((end - start + 1440) % 1440) / 60 || undefined;
}

const EVENING_FAMILIES = new Set(['networking', 'gala', 'party', 'meal', 'concert', 'launch']);
const MORNING = 9 * 60;
const EVENING = 18 * 60;

function partOfDay(text: string, type: EventType): number | undefined {
  if (/\bbreakfast\b/i.test(text) && ['networking', 'meal'].includes(type.family)) return 8 * 60;
  if (/\b(?:lunch(?:eon|time)?|midday|noon)\b/i.test(text) && EVENING_FAMILIES.has(type.family))
    return 12 * 60 + 30;
  if (/\bbrunch\b/i.test(text)) return 11 * 60;
  if (/\bafternoon\b/i.test(text)) return 14 * 60;
  const { start } = FAMILIES[type.family];
  if (/\bmorning\b/i.test(text) && start > MORNING) return MORNING;
  if (/\bevening\b/i.test(text) && start < EVENING - 2 * 60) return EVENING;
  return undefined;
}

const CONDITION =
  /(?<![\p{L}])no\s+[^.;,!?\n]{2,40}\b(?:after|before|past|until)\s+\d[\d:.]{0,4}\s?(?:[ap]\.?m\b\.?)?/giu;

function conditionNotes(text: string): string[] {
  return [...text.matchAll(CONDITION)].slice(0, 3).map(([said]) => `Condition to be kept: ${said.trim()}.`);
}

function dateNotes(date: EventDate | undefined, now: Date): string[] {
  if (!date) return [];
  const notes: string[] = [];
  if ((date.endIso ?? date.iso) < now.toISOString().slice(0, 10) && date.precision === 'day')
    notes.push(`The date ${date.iso} has already passed; please check the year.`);
  if (/\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b/.test(date.saidAs))
    notes.push(`"${date.saidAs}" was read as ${date.iso}; say so if day and month are the other way round.`);
  return notes;
}
