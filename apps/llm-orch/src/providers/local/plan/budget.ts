import type { Brief } from '../brief.js';
import type { Family } from '../data/family.js';
import type { BudgetRow, PlanBudget } from './plan.js';
import { formatCount, formatMoney, isAllowed, worded } from './wording.js';

/** Held back in every plan; takes the remainder of rounding too. */
const CONTINGENCY_WEIGHT = 5;

export interface Weighted {
  readonly category: string;
  readonly covers: string;
  readonly weight: number;
}

/** Rows that add up exactly: to the stated budget in minor units, or to 100 percent. */
export function planBudget(family: Family, lines: readonly string[], brief: Brief): PlanBudget {
  const rows = [
    ...weightedRows(lines, brief),
    { category: 'Contingency', covers: 'held back for surprises', weight: CONTINGENCY_WEIGHT },
  ];
  const shares = percentages(rows.map(({ weight }) => weight));
  if (!brief.budget) return { rows: rows.map((row, index) => rowOf(row, shares[index] ?? 0)) };
  const { amountMinor, currency } = brief.budget;
  const unit = 10 ** currency.decimals;
  const amounts = apportion(
    amountMinor,
    rows.map(({ weight }) => weight),
    stepFor(amountMinor, unit),
  );
  const kept = rows
    .map((row, index) => rowOf(row, shares[index] ?? 0, amounts[index] ?? 0))
    .filter((row) => row.amountMinor !== 0);
  return {
    totalMinor: amountMinor,
    currency,
    ...(brief.guests ? { perHeadMinor: Math.floor(amountMinor / brief.guests.count) } : {}),
    rows: withExactShares(kept),
    ...remarkOn(family, brief),
  };
}

function rowOf({ category, covers }: Weighted, sharePercent: number, amountMinor?: number): BudgetRow {
  return { category, covers, sharePercent, ...(amountMinor === undefined ? {} : { amountMinor }) };
}

/** A row that rounding emptied takes its share along; contingency evens it out. */
export function withExactShares(rows: readonly BudgetRow[]): BudgetRow[] {
  const missing = 100 - rows.reduce((sum, { sharePercent }) => sum + sharePercent, 0);
  return rows.map((row, index) =>
    index === rows.length - 1 ? { ...row, sharePercent: row.sharePercent + missing } : row,
  );
}

/** The family's rows without what was ruled out and with what was asked for; contingency is not among them. */
export function weightedRows(lines: readonly string[], brief: Brief): Weighted[] {
  const asked = brief.features.flatMap(({ row, words }) =>
    row !== undefined && !lines.some((line) => words.test(line)) ? [row] : [],
  );
  const usual = lines.flatMap((line) => {
    const [weight = '0', category = '', covers = ''] = line.split('|');
    return weighted(category, covers, Number(weight), brief);
  });
  const extra = asked.flatMap((line) => {
    const [category = '', weight = '0', covers = ''] = line.split('|');
    return weighted(category, covers, Number(weight), brief);
  });
  return [...usual, ...extra.filter(({ category }) => !usual.some((row) => row.category === category))];
}

function weighted(category: string, covers: string, weight: number, brief: Brief): Weighted[] {
  if (!isAllowed(category, brief)) return [];
  const allowed =
    covers
      .split(' // ')
      .map((alternative) => allowedParts(alternative, brief))
      .find((text) => text !== '') ?? '';
  return [{ category, covers: allowed, weight }];
}

function allowedParts(covers: string, brief: Brief): string {
  return covers
    .split(', ')
    .filter((part) => worded(part, brief) !== undefined)
    .join(', ');
}

/** Amounts in round steps: about a two-hundredth of the total, in steps of 1, 2 or 5, never finer than a whole unit unless the total is. */
function stepFor(amountMinor: number, unit: number): number {
  const raw = amountMinor / 200;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, raw)));
  const step = raw >= 5 * power ? 5 * power : raw >= 2 * power ? 2 * power : power;
  return amountMinor >= 20 * unit ? Math.max(unit, Math.floor(step / unit) * unit) : 1;
}

/** Splits `total` by weight into multiples of `step`; what rounding leaves over goes to the last part. */
export function apportion(total: number, weights: readonly number[], step: number): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum === 0) return weights.map(() => 0);
  const parts = weights.map((weight) => Math.floor((total * weight) / sum / step) * step);
  const left = total - parts.reduce((all, part) => all + part, 0);
  return parts.map((part, index) => (index === parts.length - 1 ? part + left : part));
}

/** Whole percents that add up to 100, by largest remainder. */
export function percentages(weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => (weight * 100) / sum);
  const left = 100 - exact.reduce((all, value) => all + Math.floor(value), 0);
  const byRemainder = exact
    .map((value, index) => ({ index, rest: value % 1 }))
    .sort((a, b) => b.rest - a.rest);
  const raised = new Set(byRemainder.slice(0, left).map(({ index }) => index));
  return exact.map((value, index) => Math.floor(value) + (raised.has(index) ? 1 : 0));
}

function remarkOn(family: Family, brief: Brief): { remark?: string } {
  const { budget, guests } = brief;
  if (!budget || !guests || budget.currency.code === '') return {};
  const perHeadUsd =
    budget.amountMinor / 10 ** budget.currency.decimals / budget.currency.unitsPerUsd / guests.count;
  const needed = family.leastUsdPerHead * (brief.setting === 'virtual' ? 0.2 : 1);
  if (perHeadUsd >= needed) return {};
  const money = formatMoney(Math.floor(budget.amountMinor / guests.count), budget.currency);
  return {
    remark: `${money} a head for ${formatCount(guests.count)} guests is very little for this kind of event: either raise the budget, find sponsors or ticket income, or invite fewer people.`,
  };
}
