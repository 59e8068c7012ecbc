import type { Brief } from '../brief.js';
import { SURPRISE } from '../data/families-social.js';
import { addDays, daysBetween } from '../read/dates.js';
import { isSurprise } from './timeline.js';
import { capitalised, formatShortDate, worded } from './wording.js';

const SECTIONS_NOW = 'Now';

/** Steps counted back from the date; what the calendar has overtaken is due now. */
export function planChecklist(
  lines: readonly string[],
  brief: Brief,
  todayIso: string,
): { when: string; what: string }[] {
  const steps = (isSurprise(brief) ? [...lines, SURPRISE.step] : [...lines])
    .map((line) => ({
      weeks: Number(line.split('|')[0]),
      what: worded(line.slice(line.indexOf('|') + 1), brief),
    }))
    .sort((a, b) => b.weeks - a.weeks);
  const planned = steps.flatMap(({ weeks, what }) =>
    what === undefined
      ? []
      : [
          {
            when: whenOf(weeks, brief, todayIso),
            what: what.replace(/^(?:On the day|Opening day|Opening): /, ''),
          },
        ],
  );
  const due = brief.deadlines.map(({ what, iso }) => ({
    when: `By ${formatShortDate(iso)}`,
    what: `${capitalised(what)} (your date)`,
  }));
  return [...due, ...planned];
}

function whenOf(weeks: number, { date, days }: Brief, todayIso: string): string {
  const day = date?.precision === 'day' ? date.iso : undefined;
  if (day === undefined) return relative(weeks);
  if (weeks === 0) return `${formatShortDate(day)} (the day)`;
  const due = addDays(day, weeks < 0 ? -weeks * 7 + days - 1 : -weeks * 7);
  return daysBetween(todayIso, due) <= 0 && weeks > 0 ? SECTIONS_NOW : `By ${formatShortDate(due)}`;
}

function relative(weeks: number): string {
  if (weeks === 0) return 'On the day';
  const count = Math.abs(weeks);
  return `${count} ${count === 1 ? 'week' : 'weeks'} ${weeks > 0 ? 'before' : 'after'}`;
}

/** Whether the usual preparation no longer fits between today and the event. */
export function isShortNotice(leadWeeks: number, { date }: Brief, todayIso: string): boolean {
  return (
    date?.precision === 'day' && date.iso >= todayIso && daysBetween(todayIso, date.iso) < leadWeeks * 7 * 0.4
  );
}
