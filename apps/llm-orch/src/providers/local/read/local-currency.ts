import type { Budget, Place } from '../brief.js';
import { currencyByCode } from '../data/currencies.js';

/** Names that several countries use: there the place decides. */
const SHARED_NAMES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bpesos?\b/i, ['MXN', 'COP', 'ARS', 'CLP', 'PHP']],
  [/\brupees?\b/i, ['INR', 'PKR', 'LKR', 'NPR']],
];

/** "Pesos" in Bogotá are Colombian ones. */
export function inLocalCurrency(budget: Budget | undefined, { city }: Place): Budget | undefined {
  const local = city && currencyByCode(city.currencyCode);
  const shared = SHARED_NAMES.find(([name]) => budget && name.test(budget.saidAs))?.[1];
  if (!budget || !local || !shared?.includes(local.code) || !shared.includes(budget.currency.code))
    return budget;
  const factor = 10 ** (local.decimals - budget.currency.decimals);
  return { ...budget, currency: local, amountMinor: Math.max(1, Math.round(budget.amountMinor * factor)) };
}
