import type { Brief } from '../brief.js';
import type { Currency } from '../data/currencies.js';

/** The first alternative of a line that nothing rules out and whose values are known; undefined when there is none. */
export function worded(line: string, brief: Brief): string | undefined {
  return line
    .split(' // ')
    .map((alternative) => filled(alternative.trim(), brief))
    .find((text) => text !== undefined && text !== '' && isAllowed(text, brief));
}

export function isAllowed(text: string, { exclusions }: Brief): boolean {
  return !exclusions.some(({ words }) => words.test(text));
}

function filled(line: string, brief: Brief): string | undefined {
  const values: Record<string, string | undefined> = {
    guests: brief.guests && formatCount(brief.guests.count),
    place: brief.place.name ?? 'the city',
    honouree: brief.honouree,
    theme: brief.theme,
  };
  let known = true;
  const text = line.replace(/\{(\w+)\}/g, (_all, key: string) => values[key] ?? ((known = false), ''));
  return known ? text : undefined;
}

export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** 500000 minor units of INR -> "₹5,000"; cents are shown only when there are any. */
export function formatMoney(amountMinor: number, currency: Currency): string {
  const unit = 10 ** currency.decimals;
  const whole = Math.floor(amountMinor / unit);
  const rest = amountMinor % unit;
  const digits = whole.toLocaleString(currency.grouping === 'indian' ? 'en-IN' : 'en-US');
  const cents = rest === 0 ? '' : `.${String(rest).padStart(currency.decimals, '0')}`;
  return `${currency.symbol}${digits}${cents}`;
}

export function formatDate(iso: string): string {
  return new Date(`${iso}T00:00:00Z`).toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

export function formatShortDate(iso: string): string {
  return new Date(`${iso}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** How precisely the date was given: a day, "June 2027", or the words used. */
export function formatEventDate(date: NonNullable<Brief['date']>): string {
  if (date.precision === 'day') return formatDate(date.iso);
  const month = new Date(`${date.iso}T00:00:00Z`).toLocaleDateString('en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  if (date.precision === 'period' && /20\d\d/.test(date.saidAs)) return date.saidAs;
  return date.precision === 'month' ? month : `${date.saidAs} (from ${month})`;
}

export function formatTime(minuteOfDay: number): string {
  const minute = ((minuteOfDay % 1440) + 1440) % 1440;
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function withArticle(noun: string): string {
  return `${/^(?:[aeio]|u(?!ni|se|k)|AI\b|(?:FMCG|HR|LGBT|MBA|NGO|SaaS|XR)\b)/.test(noun) && !/^(?:one|euro)/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

export function joined(items: readonly string[]): string {
  return items.length < 2
    ? (items[0] ?? '')
    : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1] ?? ''}`;
}

/** "tech conference", "birthday party": the type with its topic, inside a sentence. */
export function eventName(brief: Brief): string {
  const { topic, type } = brief;
  const label = brief.typeName ?? type.label;
  const repeated = topic === undefined || label.toLowerCase().includes(topic.toLowerCase());
  const name = repeated ? label : `${topic} ${label}`;
  const ordinal = brief.years === undefined ? '' : `${ordinalOf(brief.years)} `;
  const counted = name.replace(/\b(?=birthday|(?:wedding )?anniversary)/, ordinal);
  return brief.theme !== undefined && !name.includes(brief.theme)
    ? `${brief.theme}-themed ${counted}`
    : counted;
}

/** What the people of such an event are called. */
export function crowdOf({ type }: Brief): 'guests' | 'participants' | 'visitors' {
  if (['team', 'offsite', 'conference', 'workshop', 'hackathon', 'sport', 'race'].includes(type.family))
    return 'participants';
  return ['festival', 'concert', 'exhibition'].includes(type.family) ? 'visitors' : 'guests';
}

function ordinalOf(number: number): string {
  const suffix =
    number % 100 >= 11 && number % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${suffix}`;
}
