import type { Brief } from '../brief.js';
import type { Family } from '../data/family.js';
import { addDays, daysBetween } from '../read/dates.js';
import { planBudget } from './budget.js';
import type { PlannerVariant } from './make-plan.js';
import { familyOf, makePlan } from './make-plan.js';
import type { Plan, PlanBudget, PlanDay } from './plan.js';
import { formatMoney, formatShortDate, worded } from './wording.js';

/** Neighbours and most licences want quiet from here on, in minutes after midnight. */
const CURFEW = 23 * 60;
const DEPOSIT_PERCENT = 30;
const DAYS_PER_WEEK = 7;

/** Plans from the end: everything is counted back from the last minute, the day and the dates on which money is due. */
export const BACK_SCHEDULER: PlannerVariant = {
  model: 'local-checklist-1',
  description:
    'Rule-based planner; no language model. Schedules backwards from the date: latest start of each step, slack or squeeze against today, an evening that ends by the curfew, and the budget as deposits and balances.',
  limits: [
    'lead times, the 23:00 curfew and the 30 % deposits are usual values, not the terms of your suppliers',
  ],
  order: ['title', 'summary', 'checklist', 'method', 'timeline'],
  plan: scheduleBack,
};

interface Step {
  readonly what: string;
  readonly fromWeeks: number;
  readonly toWeeks: number;
}

function scheduleBack(brief: Brief, now: Date): Plan {
  const plan = makePlan(brief, now);
  const family = familyOf(brief);
  const today = now.toISOString().slice(0, 10);
  const squeeze = squeezeOf(family, brief, today);
  const steps = stepsOf(family, brief);
  const deposit = dayAt(brief, (steps[1] ?? steps[0])?.toWeeks ?? family.leadWeeks / 2, squeeze);
  const balance = dayAt(brief, Math.min(2, family.leadWeeks / 4), squeeze);
  return {
    ...plan,
    budget: withPayments(planBudget(family, family.budget, brief), deposit, balance),
    days: plan.days.map((day) => beforeCurfew(day, brief)),
    checklist: [
      ...plan.checklist.filter(({ what }) => what.endsWith('(your date)')),
      ...steps.map(({ what, fromWeeks, toWeeks }) => ({
        when: windowOf(brief, fromWeeks, toWeeks, squeeze),
        what,
      })),
      ...plan.checklist.filter(({ when }) => /\(the day\)|On the day/.test(when)),
    ],
    assumed: plan.assumed.filter((note) => !note.includes('marked "Now"')),
    method: methodOf(family, brief, today, squeeze),
  };
}

/** Each step lasts until the next one begins; the day itself and what follows it are not counted back. */
function stepsOf(family: Family, brief: Brief): Step[] {
  const lines = family.steps
    .map((line) => ({
      weeks: Number(line.split('|')[0]),
      what: worded(line.slice(line.indexOf('|') + 1), brief),
    }))
    .filter(({ weeks }) => weeks > 0)
    .sort((a, b) => b.weeks - a.weeks);
  return lines.flatMap(({ weeks, what }, index) =>
    what === undefined ? [] : [{ what, fromWeeks: weeks, toWeeks: lines[index + 1]?.weeks ?? 0 }],
  );
}

/** Below 1 when there is less time than such an event usually takes: every window shrinks by it. */
function squeezeOf({ leadWeeks }: Family, { date }: Brief, today: string): number {
  if (date?.precision !== 'day') return 1;
  const available = daysBetween(today, date.iso);
  return available <= 0 ? 1 : Math.min(1, available / (leadWeeks * DAYS_PER_WEEK));
}

function dayAt({ date }: Brief, weeks: number, squeeze: number): string | undefined {
  return date?.precision === 'day'
    ? addDays(date.iso, -Math.floor(weeks * DAYS_PER_WEEK * squeeze))
    : undefined;
}

function windowOf(brief: Brief, fromWeeks: number, toWeeks: number, squeeze: number): string {
  const from = dayAt(brief, fromWeeks, squeeze);
  const to = dayAt(brief, toWeeks, squeeze);
  if (from === undefined || to === undefined) {
    return toWeeks === 0
      ? `${fromWeeks === 1 ? 'Last week' : `Last ${fromWeeks} weeks`} before the day`
      : `${fromWeeks} to ${toWeeks} ${toWeeks === 1 ? 'week' : 'weeks'} before`;
  }
  return from === to ? formatShortDate(from) : `${formatShortDate(from)} to ${formatShortDate(to)}`;
}

/** What is due when a contract is signed and what before the day; both parts add up to the row. */
function withPayments(
  budget: PlanBudget,
  deposit: string | undefined,
  balance: string | undefined,
): PlanBudget {
  const { currency } = budget;
  if (!currency) return budget;
  const on = (day: string | undefined, otherwise: string) =>
    day === undefined ? otherwise : `by ${formatShortDate(day)}`;
  const rows = budget.rows.map((row) => {
    const amount = row.amountMinor ?? 0;
    if (row.category === 'Contingency') return row;
    const first = Math.floor((amount * DEPOSIT_PERCENT) / 100);
    const covers = `${formatMoney(first, currency)} ${on(deposit, 'on signing')}, ${formatMoney(amount - first, currency)} ${on(balance, 'two weeks before')}`;
    return { ...row, covers };
  });
  return { ...budget, rows };
}

/** An evening that would run past the curfew starts earlier; a stated start or end stays as it is. */
function beforeCurfew(day: PlanDay, { startMinute, endMinute }: Brief): PlanDay {
  const end = day.slots.at(-1)?.end ?? 0;
  if (startMinute !== undefined || endMinute !== undefined || end <= CURFEW) return day;
  const shift = end - CURFEW;
  return {
    ...day,
    slots: day.slots.map((slot) => ({ ...slot, start: slot.start - shift, end: slot.end - shift })),
  };
}

function methodOf(family: Family, { date }: Brief, today: string, squeeze: number): string[] {
  const usual = `Such an event usually takes ${family.leadWeeks} weeks`;
  if (date?.precision !== 'day') return [`${usual}; windows count back from the day, which is still open.`];
  const days = daysBetween(today, date.iso);
  if (days <= 0)
    return [`${usual}; the date is not ahead of us, so the windows are those that would have been right.`];
  const slack = days - family.leadWeeks * DAYS_PER_WEEK;
  return [
    squeeze < 1
      ? `${usual}; there are ${days} days, so every window was shortened to ${Math.round(squeeze * 100)} % and nothing has slack.`
      : `${usual}; there are ${days} days, so the first step has ${slack} days of slack.`,
  ];
}
