import { budgetCeilingMicroUsd, HttpErrors } from '@eventzr/http';

const MICROS_PER_USD = 1_000_000;

/**
 * The caller's `x-budget-max-usd` is checked before anything is held or sent.
 * @throws BUDGET_EXCEEDED 402
 */
export function assertWithinCeiling(maxCostMicroUsd: number): void {
  const ceilingMicroUsd = budgetCeilingMicroUsd();
  if (ceilingMicroUsd === undefined || maxCostMicroUsd <= ceilingMicroUsd) return;
  throw HttpErrors.BUDGET_EXCEEDED({
    estimateUsd: maxCostMicroUsd / MICROS_PER_USD,
    ceilingUsd: ceilingMicroUsd / MICROS_PER_USD,
  });
}
