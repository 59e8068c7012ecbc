import type { Brief } from '../brief.js';
import type { Currency } from '../data/currencies.js';
import type { CostUnit, UnitCost } from '../data/unit-costs.js';
import { PRICE_LEVELS, UNIT_COSTS } from '../data/unit-costs.js';

/** Planned with when no number was given, so that fixed and growing costs stand in a sensible ratio. */
export const USUAL_GUESTS = 60;
export const USUAL_HOURS = 5;
const GUESTS_PER_CREW = 30;
const SEATS_PER_TABLE = 10;

/** One row before it meets the budget. */
export interface Need {
  readonly category: string;
  readonly quantity: number;
  readonly unit: CostUnit;
  readonly rank: UnitCost['rank'];
  /** Minor units of the budget's currency; of USD where there is none. */
  readonly unitMinor: number;
  readonly totalMinor: number;
}

/** What the row takes: its quantity times the unit cost at the price level of the currency. */
export function needOf(category: string, brief: Brief, currency: Currency | undefined): Need {
  const [fallback] = UNIT_COSTS.slice(-1);
  const cost = UNIT_COSTS.find((row) => row.category.test(category)) ?? fallback;
  const { unit, usd, rank } = cost ?? { unit: 'guest' as const, usd: 1, rank: 2 as const };
  const quantity = quantityOf(unit, brief);
  const level = PRICE_LEVELS[currency?.code ?? 'USD'] ?? 1;
  const major = usd * level * (currency?.unitsPerUsd ?? 1);
  const unitMinor = Math.max(1, twoDigits(major)) * 10 ** (currency?.decimals ?? 2);
  return { category, quantity, unit, rank, unitMinor, totalMinor: quantity * unitMinor };
}

/** 3,264 -> 3,300: more digits would only pretend precision. */
function twoDigits(major: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(major)) - 1);
  return Math.round(major / power) * power;
}

function quantityOf(unit: CostUnit, { guests, days, hours = USUAL_HOURS }: Brief): number {
  const count = guests?.count ?? USUAL_GUESTS;
  const perDay = Math.max(1, Math.round(days > 1 ? Math.max(hours, 8) : hours));
  const crew = Math.max(1, Math.ceil(count / GUESTS_PER_CREW));
  const quantities: Readonly<Record<CostUnit, number>> = {
    guest: count * days,
    head: count,
    guestHour: count * perDay * days,
    guestNight: count * Math.max(1, days - 1),
    day: days,
    hour: perDay * days,
    table: Math.max(1, Math.ceil(count / SEATS_PER_TABLE)),
    crewHour: crew * perDay * days,
    event: 1,
  };
  return quantities[unit];
}

const UNIT_NAMES: Readonly<Record<CostUnit, readonly [string, string]>> = {
  guest: ['guest-day', 'guest-days'],
  head: ['guest', 'guests'],
  guestHour: ['guest-hour', 'guest-hours'],
  guestNight: ['guest-night', 'guest-nights'],
  day: ['day', 'days'],
  hour: ['hour', 'hours'],
  table: ['group of ten', 'groups of ten'],
  crewHour: ['crew hour', 'crew hours'],
  event: ['lump sum', 'lump sums'],
};

/** "guests", "crew hours". */
export function unitName(unit: CostUnit, quantity: number, days: number): string {
  const [one, many] = unit === 'guest' && days === 1 ? ['guest', 'guests'] : UNIT_NAMES[unit];
  return quantity === 1 ? one : many;
}
