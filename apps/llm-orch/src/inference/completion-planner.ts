import { Injectable } from '@nestjs/common';
import { HttpErrors } from '@eventzr/http';
import { LlmOrchConfig } from '../config.js';
import { LlmErrors } from '../llm-orch.errors.js';
import { boundInputTokens, findPrice, upperBoundMicroUsd } from '../providers/prices.js';
import type { ResolvedTextProvider } from '../providers/text-providers.js';
import {
  ProviderNotConfigured,
  TextProviders,
  UnknownModel,
  UnknownProvider,
} from '../providers/text-providers.js';
import type { UseCase } from '../providers/use-cases.js';
import { parseRoutes } from '../routing/routes.js';
import type { Routes } from '../routing/routes.js';
import type { CompletionPlan, CompletionTarget, CompletionWish } from './completion-plan.js';

/** Decides who answers and what that can cost at most, before anything is held or sent. */
@Injectable()
export class CompletionPlanner {
  private readonly routes: Routes;

  constructor(
    private readonly providers: TextProviders,
    config: LlmOrchConfig,
  ) {
    this.routes = parseRoutes(config.llmRoutes);
  }

  /** @throws INVALID_MODEL, UNKNOWN_PROVIDER, PROVIDER_NOT_CONFIGURED */
  plan(wish: CompletionWish): CompletionPlan {
    const [first, ...others] = this.candidates(wish);
    const inputTokensBound = boundInputTokens(wish);
    const target = (resolved: ResolvedTextProvider) => targetOf(resolved, wish.maxTokens, inputTokensBound);
    return {
      ...target(first),
      wish,
      requestedProvider: first.requestedProvider,
      fallbacks: others.map(target),
    };
  }

  /** Who would answer a use case, `provider/model` in order. A model that cannot be asked here is left out. */
  route(useCase: UseCase): string[] {
    try {
      return this.candidates({ useCase, messages: [], maxTokens: 1 }).map(nameOf);
    } catch {
      return [];
    }
  }

  /** The caller's choice alone; else the use case's route, else every configured vendor in order. */
  private candidates(wish: CompletionWish): readonly [ResolvedTextProvider, ...ResolvedTextProvider[]] {
    if (wish.provider !== undefined || wish.model !== undefined) return [this.resolve(wish)];
    const route = this.routes[wish.useCase ?? 'default'] ?? this.routes.default;
    const wished = route ?? this.providers.defaults();
    const [first, ...others] = wished.map((one) => this.resolve(one));
    return first === undefined ? [this.resolve({})] : [first, ...distinct(first, others)];
  }

  private resolve({ provider, model }: Pick<CompletionWish, 'provider' | 'model'>): ResolvedTextProvider {
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

/** A route that names a model twice, or two vendors that `local` stands in for, asks once. */
function distinct(first: ResolvedTextProvider, others: readonly ResolvedTextProvider[]) {
  const seen = new Set([nameOf(first)]);
  return others.filter((one) => {
    const isNew = !seen.has(nameOf(one));
    seen.add(nameOf(one));
    return isNew;
  });
}

function nameOf({ provider, model }: ResolvedTextProvider): string {
  return `${provider.name}/${model}`;
}

function targetOf(
  { provider, model }: ResolvedTextProvider,
  maxTokens: number,
  inputTokensBound: number,
): CompletionTarget {
  const price = findPrice(provider.name, model);
  return {
    provider,
    model,
    price,
    boundMicroUsd: price === undefined ? 0 : upperBoundMicroUsd({ inputTokensBound, maxTokens, price }),
    inputTokensBound,
    contextWindowTokens: provider.models().find(({ id }) => id === model)?.contextWindowTokens ?? 0,
  };
}
