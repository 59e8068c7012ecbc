import { addDays } from './dates.js';

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const ORDINALS: Readonly<Record<string, number>> = {
  first: 1,
  '1st': 1,
  second: 2,
  '2nd': 2,
  third: 3,
  '3rd': 3,
  fourth: 4,
  '4th': 4,
  last: 5,
};
const MONTH = `(?<month>${MONTHS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')}|sept)\\.?(?:,?\\s+(?:of\\s+)?(?<year>20\\d\\d))?`;
const WHICH = `(?<which>${Object.keys(ORDINALS).join('|')})`;
const NTH_WEEKDAY = new RegExp(
  `\\b${WHICH}\\s+(?<day>${WEEKDAYS.join('|')})\\s+(?:of|in)\\s+${MONTH}(?![\\p{L}])`,
  'giu',
);
const NTH_WEEK = new RegExp(
  `\\b${WHICH}\\s+(?<unit>week|weekend)\\s+(?:of|in)\\s+${MONTH}(?![\\p{L}])`,
  'iu',
);

/** "Friday after next" leaves out one Friday. */
const AFTER_NEXT = new RegExp(`\\b(?:the\\s)?(${WEEKDAYS.join('|')}) after next\\b`, 'giu');

/** "last Saturday of April 2027" -> "24 April 2027": a form that every date parser knows. */
export function withCalendarDays(text: string, todayIso: string): string {
  const after = text.replace(AFTER_NEXT, (_said, day: string) => {
    const ahead = (WEEKDAYS.indexOf(day.toLowerCase()) - new Date(todayIso).getUTCDay() + 7) % 7 || 7;
    return written(addDays(todayIso, ahead + 7));
  });
  return after.replace(NTH_WEEKDAY, (said: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    const iso = upcoming(groups, todayIso, (year, month) =>
      nthWeekday(
        year,
        month,
        WEEKDAYS.indexOf((groups['day'] ?? '').toLowerCase()),
        ordinal(groups['which']),
      ),
    );
    return iso === undefined ? said : written(iso);
  });
}

/** "first week of October": the Monday it begins on; "last weekend of May": its Saturday. */
export function weekOfMonth(
  text: string,
  todayIso: string,
): { iso: string; endIso: string; saidAs: string } | undefined {
  const match = NTH_WEEK.exec(text);
  if (!match?.groups) return undefined;
  const { groups } = match;
  const weekend = /weekend/i.test(groups['unit'] ?? '');
  const iso = upcoming(groups, todayIso, (year, month) =>
    nthWeekday(year, month, weekend ? 6 : 1, ordinal(groups['which'])),
  );
  return iso === undefined ? undefined : { iso, endIso: addDays(iso, weekend ? 1 : 6), saidAs: match[0] };
}

/** The day in the stated year, or in the next year that has not passed it yet. */
function upcoming(
  groups: Record<string, string | undefined>,
  todayIso: string,
  dayOf: (year: number, month: number) => string | undefined,
): string | undefined {
  const month = MONTHS.findIndex((name) =>
    name.startsWith((groups['month'] ?? '').slice(0, 3).toLowerCase()),
  );
  const stated = groups['year'];
  if (stated !== undefined) return dayOf(Number(stated), month);
  const year = Number(todayIso.slice(0, 4));
  const [next] = [dayOf(year, month), dayOf(year + 1, month)].filter(
    (iso) => iso !== undefined && iso >= todayIso,
  );
  return next;
}

function ordinal(which: string | undefined): number {
  return ORDINALS[(which ?? '').toLowerCase()] ?? 1;
}

/** `nth` 5 is the last one of the month. */
function nthWeekday(year: number, month: number, weekday: number, nth: number): string {
  const first = new Date(Date.UTC(year, month, 1));
  const offset = (weekday - first.getUTCDay() + 7) % 7;
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = 1 + offset + (nth - 1) * 7;
  return new Date(Date.UTC(year, month, day > days ? day - 7 : day)).toISOString().slice(0, 10);
}

function written(iso: string): string {
  return `${Number(iso.slice(8))} ${MONTHS[Number(iso.slice(5, 7)) - 1] ?? ''} ${iso.slice(0, 4)}`;
}
