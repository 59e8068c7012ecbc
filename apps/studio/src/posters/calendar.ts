import type { EventDate } from './event-date.js';

/** What a calendar entry says. */
export interface CalendarEntry {
  /** The same for the same event, so that a second import moves the entry instead of doubling it. */
  readonly uid: string;
  readonly stampedAt: Date;
  readonly start: EventDate;
  readonly end?: EventDate;
  readonly title: string;
  readonly venue: string;
  readonly description?: string;
  readonly url?: string;
}

const LONGEST_LINE = 75;
const DAY_MS = 86_400_000;

/** RFC 5545, 3.3.11. */
const escaped = (text: string): string =>
  text
    .replace(/(?!\n)\p{Cc}/gu, '')
    .replace(/[\\;,]/gu, (mark) => `\\${mark}`)
    .replaceAll('\n', '\\n');

/** RFC 5545, 3.1: at most 75 octets a line, the rest on lines that begin with a space; never within a letter. */
function folded(line: string): string {
  const lines: string[] = [];
  let current = '';
  for (const letter of line) {
    const limit = lines.length === 0 ? LONGEST_LINE : LONGEST_LINE - 1;
    if (Buffer.byteLength(current + letter) > limit) {
      lines.push(current);
      current = letter;
    } else current += letter;
  }
  return [...lines, current].join('\r\n ');
}

const compact = (date: Date): string => date.toISOString().replace(/[-:]|\.\d{3}/gu, '');
const dayOf = (date: Date): string => compact(date).slice(0, 8);

function moment(name: string, { wall, hasTime, instant }: EventDate): string {
  if (!hasTime) return `${name};VALUE=DATE:${dayOf(wall)}`;
  return instant === undefined ? `${name}:${compact(wall).slice(0, 15)}` : `${name}:${compact(instant)}`;
}

/** The end of an entry for whole days is the day after its last. */
function ending(end: EventDate): string {
  return end.hasTime
    ? moment('DTEND', end)
    : moment('DTEND', { ...end, wall: new Date(end.wall.getTime() + DAY_MS) });
}

/** One event as an iCalendar file (RFC 5545). Instants stand in UTC, times without a zone float. */
export function calendarOf({
  uid,
  stampedAt,
  start,
  end,
  title,
  venue,
  description,
  url,
}: CalendarEntry): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//EventZR//Studio//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${uid}@eventzr`,
    `DTSTAMP:${compact(stampedAt)}`,
    moment('DTSTART', start),
    ...(end === undefined ? [] : [ending(end)]),
    `SUMMARY:${escaped(title)}`,
    `LOCATION:${escaped(venue)}`,
    ...(description === undefined ? [] : [`DESCRIPTION:${escaped(description)}`]),
    ...(url === undefined ? [] : [`URL:${url}`]),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
