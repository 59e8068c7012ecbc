import { Injectable } from '@nestjs/common';
import { HttpErrors } from '@eventzr/http';
import type { CatalogueError } from '@eventzr/http';
import { LlmErrors } from '../llm-orch.errors.js';
import { boundInputTokens, findPrice, maxAffordableTokens, upperBoundMicroUsd } from '../providers/prices.js';
import type { ResolvedTextProvider } from '../providers/text-providers.js';
import {
  ProviderNotConfigured,
  TextProviders,
  UnknownModel,
  UnknownProvider,
} from '../providers/text-providers.js';
import type { CompletionPlan, CompletionWish } from './completion-plan.js';

const MICROS_PER_USD = 1_000_000;

/** Decides who answers and what that can cost at most, before anything is held or sent. */
@Injectable()
export class CompletionPlanner {
  constructor(private readonly providers: TextProviders) {}

  /** @throws INVALID_MODEL, UNKNOWN_PROVIDER, PROVIDER_NOT_CONFIGURED */
  plan(wish: CompletionWish): CompletionPlan {
    const { provider, model, requestedProvider } = this.resolve(wish);
    const price = findPrice(provider.name, model);
    const inputTokensBound = boundInputTokens(wish);
    const boundMicroUsd =
      price === undefined ? 0 : upperBoundMicroUsd({ inputTokensBound, maxTokens: wish.maxTokens, price });
    return { wish, provider, model, requestedProvider, price, boundMicroUsd, inputTokensBound };
  }

  private resolve({ provider, model }: CompletionWish): ResolvedTextProvider {
    try {
      return this.providers.resolve({ provider, model });
    } catch (error) {
      if (error instanceof UnknownProvider) throw LlmErrors.UNKNOWN_PROVIDER({ provider: provider ?? null });
      if (error instanceof UnknownModel) throw LlmErrors.INVALID_MODEL({ model: model ?? null });
      if (error instanceof ProviderNotConfigured)
        throw HttpErrors.PROVIDER_NOT_CONFIGURED({ provider: error.provider });
      throw error;
    }
  }
}

/**
 * Nothing is sent that could alone take an operation over its ceiling.
 * @throws BUDGET_EXCEEDED 402, PRICE_UNKNOWN 400
 */
export function assertAffordable(plan: CompletionPlan, ceilingMicroUsd: number | undefined): void {
  if (ceilingMicroUsd === undefined) return;
  if (plan.price === undefined) throw LlmErrors.PRICE_UNKNOWN({ model: plan.model });
  if (plan.boundMicroUsd > ceilingMicroUsd) throw budgetExceeded(plan, ceilingMicroUsd, 0);
}

/** @param committedMicroUsd what earlier attempts cost or may have cost */
export function budgetExceeded(
  { price, boundMicroUsd, inputTokensBound }: CompletionPlan,
  ceilingMicroUsd: number,
  committedMicroUsd: number,
): CatalogueError {
  const left = Math.max(0, ceilingMicroUsd - committedMicroUsd);
  return HttpErrors.BUDGET_EXCEEDED({
    estimateUsd: (committedMicroUsd + boundMicroUsd) / MICROS_PER_USD,
    ceilingUsd: ceilingMicroUsd / MICROS_PER_USD,
    maxAffordableTokens:
      price === undefined ? 0 : maxAffordableTokens({ ceilingMicroUsd: left, inputTokensBound, price }),
  });
}
