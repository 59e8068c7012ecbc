import type { CatalogueError } from '@eventzr/http';
import { HttpErrors } from '@eventzr/http';
import { LlmErrors } from '../llm-orch.errors.js';
import type { ModelPrice } from '../providers/price-table.js';
import { maxAffordableTokens } from '../providers/prices.js';
import type { BudgetRefusal } from './budget-holds.repository.js';

const MICROS_PER_USD = 1_000_000;

/** One call to a model, as far as limits in USD are concerned. */
export interface BudgetedCall {
  readonly model: string;
  /** Undefined: not in the price table, so unusable under a limit. */
  readonly price: ModelPrice | undefined;
  /** The most that the call can cost. */
  readonly boundMicroUsd: number;
  readonly inputTokensBound: number;
}

/**
 * Nothing is sent that could alone take an operation over its ceiling.
 * @throws BUDGET_EXCEEDED 402, PRICE_UNKNOWN 400
 */
export function assertAffordable(call: BudgetedCall, ceilingMicroUsd: number | undefined): void {
  if (ceilingMicroUsd === undefined) return;
  if (call.price === undefined) throw LlmErrors.PRICE_UNKNOWN({ model: call.model });
  if (call.boundMicroUsd > ceilingMicroUsd) throw budgetExceeded(call, ceilingMicroUsd, 0);
}

/** @param committedMicroUsd what earlier attempts cost or may have cost */
export function budgetExceeded(
  call: BudgetedCall,
  ceilingMicroUsd: number,
  committedMicroUsd: number,
): CatalogueError {
  return HttpErrors.BUDGET_EXCEEDED({
    limitSource: 'request',
    estimateUsd: (committedMicroUsd + call.boundMicroUsd) / MICROS_PER_USD,
    ceilingUsd: ceilingMicroUsd / MICROS_PER_USD,
    maxAffordableTokens: affordable(call, ceilingMicroUsd - committedMicroUsd),
  });
}

/** A budget of the tenant or the user is too small for what the call could cost. */
export function limitExceeded(call: BudgetedCall, refusal: BudgetRefusal, now: Date): CatalogueError {
  const { scope, period, limitMicroUsd, leftMicroUsd } = refusal;
  return HttpErrors.BUDGET_EXCEEDED({
    limitSource: `${scope === 'tenant' ? 'tenant' : 'user'}-${period}`,
    estimateUsd: call.boundMicroUsd / MICROS_PER_USD,
    ceilingUsd: limitMicroUsd / MICROS_PER_USD,
    availableUsd: leftMicroUsd / MICROS_PER_USD,
    maxAffordableTokens: affordable(call, leftMicroUsd),
    resetsAt: endOf(period, now).toISOString(),
  });
}

function affordable({ price, inputTokensBound }: BudgetedCall, leftMicroUsd: number): number {
  if (price === undefined) return 0;
  return maxAffordableTokens({ ceilingMicroUsd: Math.max(0, leftMicroUsd), inputTokensBound, price });
}

function endOf(period: 'day' | 'month', now: Date): Date {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  return new Date(period === 'day' ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1));
}
