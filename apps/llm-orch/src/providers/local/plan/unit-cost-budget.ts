import type { Brief } from '../brief.js';
import type { Currency } from '../data/currencies.js';
import type { Family } from '../data/family.js';
import { apportion, percentages, weightedRows, withExactShares } from './budget.js';
import type { BudgetRow, PlanBudget } from './plan.js';
import type { Need } from './quantities.js';
import { needOf, unitName, USUAL_GUESTS, USUAL_HOURS } from './quantities.js';
import { formatCount, formatMoney } from './wording.js';

/** Held back of every budget before anything is spent, in percent. */
const RESERVE_PERCENT = 8;
export interface UnitCostBudget {
  readonly budget: PlanBudget;
  readonly method: readonly string[];
}

/**
 * A budget from below: quantity times unit cost for each row, a reserve first. What is left over stays free; what is
 * missing is taken from the rows that the event can do without. Rows add up exactly to the stated sum.
 */
export function unitCostBudget(family: Family, brief: Brief): UnitCostBudget {
  const currency = brief.budget?.currency;
  const needs = weightedRows(family.budget, brief).map(({ category }) => needOf(category, brief, currency));
  return brief.budget ? withinBudget(needs, brief, brief.budget) : sharesOnly(needs, brief);
}

function withinBudget(
  needs: readonly Need[],
  brief: Brief,
  { amountMinor, currency }: NonNullable<Brief['budget']>,
): UnitCostBudget {
  const reserve = Math.floor((amountMinor * RESERVE_PERCENT) / 100);
  const spendable = amountMinor - reserve;
  // Without a currency the unit costs say only how the rows stand to each other.
  const standard = currency.code === '' ? undefined : standardFor(needs, spendable);
  const scaled = standard === undefined ? inProportion(needs, spendable) : atStandard(needs, standard);
  const wanted = sum(scaled.map(({ totalMinor }) => totalMinor));
  const granted =
    wanted <= spendable
      ? scaled.map(({ totalMinor }) => totalMinor)
      : cut(scaled, spendable, wholeUnit(amountMinor, currency));
  const rows = scaled.map((need, index) => rowOf(need, granted[index] ?? 0, currency, brief.days));
  const free = spendable - sum(granted);
  const all = [
    ...rows,
    ...(free > 0 ? [{ category: 'Unspent', covers: 'free for upgrades or savings', amountMinor: free }] : []),
    { category: 'Reserve', covers: 'held back before anything was spent', amountMinor: reserve },
  ].filter((row) => row.amountMinor > 0);
  const shares = percentages(all.map((row) => row.amountMinor));
  return {
    budget: {
      totalMinor: amountMinor,
      currency,
      ...(brief.guests ? { perHeadMinor: Math.floor(amountMinor / brief.guests.count) } : {}),
      rows: withExactShares(all.map((row, index) => ({ ...row, sharePercent: shares[index] ?? 0 }))),
    },
    method: [
      ...methodOf(brief, wanted, spendable, currency, scaled, granted),
      ...(standard === undefined || standard.factor === 1
        ? []
        : [
            `The money reaches for a ${standard.name} standard: unit costs were taken times ${standard.factor}.`,
          ]),
    ],
  };
}

interface Standard {
  readonly name: string;
  readonly factor: number;
}

/** What more money buys first is not more of the same but better. */
const STANDARDS: readonly Standard[] = [
  { name: 'luxury', factor: 6 },
  { name: 'high', factor: 4 },
  { name: 'premium', factor: 3 },
  { name: 'comfortable', factor: 2 },
  { name: 'raised', factor: 1.5 },
];
const PLAIN: Standard = { name: 'plain', factor: 1 };

/** The highest standard that the money reaches as a whole. */
function standardFor(needs: readonly Need[], spendable: number): Standard {
  const plain = sum(needs.map(({ totalMinor }) => totalMinor));
  return STANDARDS.find(({ factor }) => plain * factor * 1.02 <= spendable) ?? PLAIN;
}

function atStandard(needs: readonly Need[], { factor }: Standard): Need[] {
  return needs.map((need) => {
    const unitMinor = Math.round(need.unitMinor * factor);
    return { ...need, unitMinor, totalMinor: need.quantity * unitMinor };
  });
}

/** Cuts are made in whole units of the currency unless the budget itself is tiny. */
function wholeUnit(amountMinor: number, { decimals }: Currency): number {
  const unit = 10 ** decimals;
  return amountMinor >= 100 * unit ? unit : 1;
}

function inProportion(needs: readonly Need[], spendable: number): Need[] {
  const amounts = apportion(
    spendable,
    needs.map(({ totalMinor }) => totalMinor),
    1,
  );
  return needs.map((need, index) => ({ ...need, totalMinor: amounts[index] ?? 0, quantity: 1 }));
}

/** Takes the shortage from rank 3 first, then 2, then 1, within a rank in proportion. */
function cut(needs: readonly Need[], spendable: number, step: number): number[] {
  const granted = needs.map(({ totalMinor }) => totalMinor);
  for (const rank of [3, 2, 1]) {
    const over = sum(granted) - spendable;
    if (over <= 0) break;
    const members = needs.flatMap((need, index) => (need.rank === rank ? [index] : []));
    const pool = sum(members.map((index) => granted[index] ?? 0));
    const kept = apportion(
      Math.max(0, pool - over),
      members.map((index) => granted[index] ?? 0),
      step,
    );
    members.forEach((index, position) => {
      granted[index] = kept[position] ?? 0;
    });
  }
  return granted;
}

function rowOf(
  need: Need,
  granted: number,
  currency: Currency,
  days: number,
): Omit<BudgetRow, 'sharePercent'> & { amountMinor: number } {
  const { category, quantity, unit, unitMinor, totalMinor } = need;
  const units = `${formatCount(quantity)} ${unitName(unit, quantity, days)} at ${formatMoney(unitMinor, currency)}`;
  const covers =
    currency.code === ''
      ? 'in proportion to its unit costs'
      : granted === totalMinor
        ? units
        : `${units} would be ${formatMoney(totalMinor, currency)}; cut to fit`;
  return { category, covers, amountMinor: granted };
}

function methodOf(
  { guests, hours, days }: Brief,
  wanted: number,
  spendable: number,
  currency: Currency,
  needs: readonly Need[],
  granted: readonly number[],
): string[] {
  const dropped = needs.filter((_need, index) => granted[index] === 0).map(({ category }) => category);
  const money = (minor: number) => formatMoney(minor, currency);
  const balance =
    currency.code === ''
      ? 'No currency was given, so unit costs only set how the rows stand to each other.'
      : wanted <= spendable
        ? `Quantities times unit costs come to ${money(wanted)} of ${money(spendable)} that may be spent: ${money(spendable - wanted)} stays free.`
        : `Quantities times unit costs come to ${money(wanted)}, ${money(wanted - spendable)} more than may be spent: optional rows were cut first.`;
  return [
    `Built from below for ${formatCount(guests?.count ?? USUAL_GUESTS)} guests${guests ? '' : ' (assumed)'}, ${days === 1 ? `${hours ?? USUAL_HOURS} hours${hours === undefined ? ' (assumed)' : ''}` : `${days} days`}.`,
    balance,
    ...(dropped.length > 0 ? [`Left out for lack of money: ${dropped.join(', ')}.`] : []),
  ];
}

function sharesOnly(needs: readonly Need[], brief: Brief): UnitCostBudget {
  const rows = needs.map(({ category, quantity, unit }) => ({
    category,
    covers: `${formatCount(quantity)} ${unitName(unit, quantity, brief.days)}`,
  }));
  const spent = sum(needs.map(({ totalMinor }) => totalMinor));
  const reserve = (spent * RESERVE_PERCENT) / (100 - RESERVE_PERCENT);
  const shares = percentages([...needs.map(({ totalMinor }) => totalMinor), reserve]);
  const all = [...rows, { category: 'Reserve', covers: 'held back before anything is spent' }];
  return {
    budget: { rows: all.map((row, index) => ({ ...row, sharePercent: shares[index] ?? 0 })) },
    method: [
      `Quantities were counted for ${formatCount(brief.guests?.count ?? USUAL_GUESTS)} guests${brief.guests ? '' : ' (assumed)'}; without a budget only shares are shown.`,
    ],
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
