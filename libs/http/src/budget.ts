import { currentContext } from './context.js';
import { HttpErrors } from './errors.js';

export const BUDGET_HEADER = 'x-budget-max-usd';
const MICROS_PER_USD = 1_000_000n;
const DECIMAL_USD = /^(\d{1,7})(?:\.(\d{1,12}))?$/;

/**
 * The caller's cost ceiling for this operation in micro-USD, rounded down so that it is never exceeded; undefined
 * when the header is absent.
 * @throws VALIDATION_FAILED 400 when it is not a positive plain decimal of at least a millionth of a dollar
 */
export function budgetCeilingMicroUsd(): number | undefined {
  const header = currentContext()?.headers[BUDGET_HEADER];
  if (header === undefined) return undefined;
  const ceiling = typeof header === 'string' ? parseUsd(header.trim()) : 0;
  if (ceiling > 0) return ceiling;
  throw HttpErrors.VALIDATION_FAILED([
    {
      field: BUDGET_HEADER,
      rule: 'usd',
      message: `${BUDGET_HEADER} must be a positive amount in USD such as 0.10`,
    },
  ]);
}

/** Micro-USD of a plain decimal, rounded down; 0 for anything else. */
export function parseUsd(text: string): number {
  const match = DECIMAL_USD.exec(text);
  if (match === null) return 0;
  const [, whole = '0', fraction = ''] = match;
  return Number(BigInt(whole) * MICROS_PER_USD + BigInt(fraction.slice(0, 6).padEnd(6, '0')));
}
