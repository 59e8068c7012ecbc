const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** When an event is, as the caller wrote it: a day, a time by the clock of the place, or an instant. */
export interface EventDate {
  /** The wall clock, as if it were UTC. */
  readonly wall: Date;
  readonly hasTime: boolean;
  /** The instant, where a zone or an offset says it. */
  readonly instant?: Date;
  readonly timeZone?: string;
}

export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || value === '') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
function offsetMs(instant: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const wall = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  );
  return wall - Math.floor(instant.getTime() / 1000) * 1000;
}

/** The instant of a wall clock in a zone; a time that the clock skips in spring becomes the hour after it. */
function instantOf(wall: Date, timeZone: string): Date {
  const first = new Date(wall.getTime() - offsetMs(wall, timeZone));
  return new Date(wall.getTime() - offsetMs(first, timeZone));
}

function utc(parts: readonly (string | undefined)[]): Date | undefined {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  );
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const same =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same && year >= 1000 && hour < 24 && minute < 60 && second < 60 ? date : undefined;
}

/** Reads ISO 8601 with or without time, with or without zone. Undefined: no such date. */
export function parseEventDate(text: string, timeZone?: string): EventDate | undefined {
  const day = DAY.exec(text);
  const zone = timeZone === undefined ? {} : { timeZone };
  if (day !== null) {
    const wall = utc(day.slice(1));
    return wall === undefined ? undefined : { wall, hasTime: false, ...zone };
  }
  const moment = MOMENT.exec(text);
  const wall = moment === null ? undefined : utc(moment.slice(1, 7));
  if (moment === null || wall === undefined) return undefined;
  const offset = moment[7];
  if (offset === undefined)
    return {
      wall,
      hasTime: true,
      ...zone,
      ...(timeZone === undefined ? {} : { instant: instantOf(wall, timeZone) }),
    };
  const [hours = 0, minutes = 0] =
    offset === 'Z' ? [0, 0] : [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  if (hours > 14 || minutes > 59) return undefined;
  const ahead = (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  const instant = new Date(wall.getTime() - ahead);
  const shown = timeZone === undefined ? wall : new Date(instant.getTime() + offsetMs(instant, timeZone));
  return { wall: shown, hasTime: true, instant, ...zone };
}

/** The date and the time in the language's own words, in Latin figures. */
export function dateInWords(
  { wall, hasTime }: EventDate,
  locale: string,
): { readonly date: string; readonly time?: string } {
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', numberingSystem: 'latn', ...options })
      .format(wall)
      .replace(/[\u202f\u2009]/gu, ' ');
  const date = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  return hasTime ? { date, time: format({ timeStyle: 'short' }) } : { date };
}
