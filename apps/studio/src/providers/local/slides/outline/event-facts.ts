import { cutText } from '../../../cut-text.js';
import { cleanText } from '../deck.js';
import { EVENT_PROFILES, type EventProfile } from './event-kinds.js';

/** What a topic says, and what had to be assumed. */
export interface EventFacts {
  readonly title: string;
  readonly profile: EventProfile;
  readonly attendees: number;
  /** In whole units of `currency`. */
  readonly budget: number;
  readonly currency: string;
  readonly date: string | undefined;
  /** UTC midnight of that day, where the topic names a day. */
  readonly day: Date | undefined;
  readonly place: string | undefined;
  readonly assumptions: readonly string[];
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const MONTH = `(${MONTHS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')})\\.?`;
const ISO = /\b(20\d\d)-(\d\d)-(\d\d)\b/;
const DAY_FIRST = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH},? (20\\d\\d)\\b`, 'i');
const MONTH_FIRST = new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?,? (20\\d\\d)\\b`, 'i');
const MONTH_ONLY = new RegExp(`\\b${MONTH} (20\\d\\d)\\b`, 'i');
const GUESTS =
  /\b(\d[\d,.]*)\s?(k)?\+?\s(?:\p{L}+\s)?(?:guests|people|attendees|participants|visitors|runners|persons|pax|delegates|players|fans|founders|developers|students|employees)\b/iu;
const SYMBOLS: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP', '₹': 'INR' };
const SCALE: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  lakh: 1e5,
  lakhs: 1e5,
  crore: 1e7,
};
const AMOUNT = '(\\d[\\d,]*(?:\\.\\d+)?)\\s?(k|thousand|mn|m|million|lakhs?|crore)?';
const CODE = '(usd|eur|gbp|inr|dollars|euros|pounds|rupees)';
const SYMBOL_FIRST = new RegExp(`([$€£₹])\\s?${AMOUNT}\\b`, 'gi');
const CODE_FIRST = new RegExp(`\\b${CODE}\\s?${AMOUNT}\\b`, 'gi');
const CODE_LAST = new RegExp(`\\b${AMOUNT}\\s?${CODE}\\b`, 'gi');
const NAMED_BUDGET = /\bbudget(?:ed)?\b[^\d$€£₹,;.]{0,20}$/i;
const CODES: Readonly<Record<string, string>> = {
  dollars: 'USD',
  euros: 'EUR',
  pounds: 'GBP',
  rupees: 'INR',
};
const PLACE =
  /\b(?:in|at)\s+((?:the\s+)?\p{Lu}[\p{L}'’.-]*(?:[ ,]+(?:de|del|la|of|the|and)?\s?\p{Lu}[\p{L}'’.-]*){0,4})/u;

const whole = (text: string): number => Number(text.replace(/,/g, ''));

interface Money {
  readonly budget: number;
  readonly currency: string;
}

/** The amount that is called the budget; else the largest, as a ticket price may stand beside it. */
function moneyIn(text: string): Money | undefined {
  const amounts = [
    ...[...text.matchAll(SYMBOL_FIRST), ...text.matchAll(CODE_FIRST)].map(
      ({ index, 1: unit, 2: amount, 3: scale }) => ({ index, unit, amount, scale }),
    ),
    ...[...text.matchAll(CODE_LAST)].map(({ index, 1: amount, 2: scale, 3: unit }) => ({
      index,
      unit,
      amount,
      scale,
    })),
  ]
    .map(({ index, unit = '$', amount = '', scale = '' }) => ({
      named: NAMED_BUDGET.test(text.slice(0, index)),
      budget: Math.round(whole(amount) * (SCALE[scale.toLowerCase()] ?? 1)),
      currency: SYMBOLS[unit] ?? CODES[unit.toLowerCase()] ?? unit.toUpperCase(),
    }))
    .filter(({ budget }) => budget >= 1 && budget < 1e12)
    .sort((a, b) => Number(b.named) - Number(a.named) || b.budget - a.budget);
  const [best] = amounts;
  return best === undefined ? undefined : { budget: best.budget, currency: best.currency };
}

function guestsIn(text: string): number | undefined {
  const found = GUESTS.exec(text);
  const count =
    found === null ? Number.NaN : Math.round(whole(found[1] ?? '') * (found[2] === undefined ? 1 : 1_000));
  return count >= 1 && count <= 10_000_000 ? count : undefined;
}

const monthIndex = (name: string): number =>
  MONTHS.findIndex((month) => month.startsWith(name.toLowerCase().slice(0, 3)));
const capital = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

function dayOf(year: number, month: number, day: number): Date | undefined {
  const date = new Date(Date.UTC(year, month, day));
  return date.getUTCMonth() === month && date.getUTCDate() === day ? date : undefined;
}

function dateIn(text: string): { date?: string; day?: Date } {
  const iso = ISO.exec(text);
  const first = DAY_FIRST.exec(text);
  const month = MONTH_FIRST.exec(text);
  const day =
    iso !== null
      ? dayOf(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]))
      : first !== null
        ? dayOf(Number(first[3]), monthIndex(first[2] ?? ''), Number(first[1]))
        : month !== null
          ? dayOf(Number(month[3]), monthIndex(month[1] ?? ''), Number(month[2]))
          : undefined;
  if (day !== undefined) return { day, date: dateLabel(day) };
  const only = MONTH_ONLY.exec(text);
  return only === null
    ? {}
    : { date: `${capital(MONTHS[monthIndex(only[1] ?? '')] ?? '')} ${only[2] ?? ''}` };
}

export function dateLabel(day: Date): string {
  return `${day.getUTCDate()} ${capital(MONTHS[day.getUTCMonth()] ?? '')} ${day.getUTCFullYear()}`;
}

function placeIn(text: string): string | undefined {
  const found = PLACE.exec(text)?.[1]?.replace(/[ ,.]+$/, '');
  return found === undefined ||
    (monthIndex(found) >= 0 &&
      found.length < 10 &&
      MONTHS.some((name) => name.startsWith(found.toLowerCase())))
    ? undefined
    : found;
}

/** Say how something begins, not what it is: any other word is more telling. */
const VAGUE = new Set(['kickoff', 'kick-off']);

/** The earliest word decides: "launch party" is a launch. But the kick-off of a festival is no workshop. */
function profileIn(text: string): EventProfile | undefined {
  const lower = text.toLowerCase();
  const found = EVENT_PROFILES.flatMap((profile) =>
    profile.words.map((word) => ({
      profile,
      at: lower.search(new RegExp(`\\b${word}s?\\b`)),
      length: word.length,
      vague: VAGUE.has(word) ? 1 : 0,
    })),
  ).filter(({ at }) => at >= 0);
  return found.sort((a, b) => a.vague - b.vague || a.at - b.at || b.length - a.length)[0]?.profile;
}

const LONGEST_TITLE = 70;

/** The topic's first sentence, without what the facts say elsewhere. */
function titleOf(topic: string): string {
  const sentence = topic.split(/(?<=[.!?])\s|[;\n]/)[0] ?? topic;
  const words =
    sentence
      .replace(
        /^(?:please\s+)?(?:make|create|plan|a presentation|presentation|deck|slides|pitch)(?:\s+(?:a|an|the|our|presentation|deck|slides|pitch|about|for|on|of))*\s+/i,
        '',
      )
      .split(/,\s|\son\s(?=\d)|\s(?:with|for)\s(?=[\d$€£₹]|a budget|budget)/)[0]
      ?.replace(/[.!]+$/, '')
      .split(' ') ?? [];
  let title = '';
  for (const word of words) {
    if (`${title} ${word}`.length > LONGEST_TITLE) break;
    title = `${title} ${word}`.trim();
  }
  return capital(title === '' ? cutText(cleanText(topic), LONGEST_TITLE) : title);
}

export const money = (amount: number, currency: string): string =>
  `${currency} ${Math.round(amount).toLocaleString('en-US')}`;

/** Reads a topic; what it does not say is assumed by the kind of event, and said. */
export function factsOf(rawTopic: string, audience?: string): EventFacts {
  const topic = cleanText(rawTopic);
  const found = profileIn(topic);
  const profile = found ?? EVENT_PROFILES[0];
  const guests = guestsIn(topic) ?? (audience === undefined ? undefined : guestsIn(audience));
  const attendees = guests ?? profile.attendees;
  const paid = moneyIn(topic);
  const budget = paid?.budget ?? attendees * profile.perHead;
  const currency = paid?.currency ?? 'USD';
  const { date, day } = dateIn(topic);
  const assumptions = [
    ...(found === undefined
      ? ['the topic names no kind of event that is known: planned as a conference']
      : []),
    ...(guests === undefined
      ? [`${attendees.toLocaleString('en-US')} ${profile.guestWord} are an assumption`]
      : []),
    ...(paid === undefined
      ? [`the budget of ${money(budget, currency)} is an assumption (${profile.perHead} a head)`]
      : []),
    'shares of the budget, of the audience and the schedule are typical values, not yours',
  ];
  return {
    title: titleOf(topic),
    profile,
    attendees,
    budget,
    currency,
    date,
    day,
    place: placeIn(topic),
    assumptions,
  };
}
