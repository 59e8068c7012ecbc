import { HttpErrors } from '@eventzr/http';
import type { ErrorFactory } from '@eventzr/http';
import { LlmErrors } from '../llm-orch.errors.js';
import type { ModelPrice } from '../providers/price-table.js';
import { findPrice, upperBoundMicroUsd } from '../providers/prices.js';
import type { ModelProvider } from '../providers/model-provider.js';
import type { ProviderRegistry, ResolvedProvider } from '../providers/provider-registry.js';
import { ProviderNotConfigured, UnknownModel, UnknownProvider } from '../providers/provider-registry.js';
import type { AttemptTarget } from '../routing/attempt.js';

/** Framing that a vendor may add to a call that writes nothing. */
const OVERHEAD_TOKENS = 64;

export interface CallTarget<Provider extends ModelProvider> extends AttemptTarget {
  readonly provider: Provider;
  readonly requestedProvider: string | undefined;
}

/** What was used to answer a call. */
export interface CallUsage {
  readonly model: string;
  readonly inputTokens: number;
  readonly source: 'provider' | 'counted';
}

/** A call to a model that writes no text: what it is, what it costs at most, and how it is made. */
export interface ModelCall<Provider extends ModelProvider, Result> {
  /** As the price table names it; also its use case in the records. */
  readonly operation: string;
  /** Held and, when it succeeds, charged; 0: free. */
  readonly credits: number;
  readonly target: CallTarget<Provider>;
  /** What a caller is told when the provider gave no usable answer. */
  readonly failed: ErrorFactory;
  /** What a caller is told whose input was too long for the model. */
  readonly tooLong: ErrorFactory;
  send(idempotencyKey: string, signal: AbortSignal): Promise<Result>;
  usage(result: Result): CallUsage;
}

/**
 * Who answers a call, and what that can cost at most.
 * @param inputTokensBound of the caller's texts, for any tokenizer
 * @param price instead of the table's, for what costs nothing
 * @throws INVALID_MODEL, UNKNOWN_PROVIDER 400, PROVIDER_NOT_CONFIGURED 503
 */
export function targetOf<Provider extends ModelProvider>(
  providers: ProviderRegistry<Provider>,
  wish: { readonly provider?: string; readonly model?: string },
  inputTokensBound: number,
  free?: ModelPrice,
): CallTarget<Provider> {
  const { provider, model, requestedProvider } = resolved(providers, wish);
  const price = free ?? findPrice(provider.name, model);
  const bound = inputTokensBound + OVERHEAD_TOKENS;
  return {
    provider,
    model,
    requestedProvider,
    price,
    boundMicroUsd:
      price === undefined ? 0 : upperBoundMicroUsd({ inputTokensBound: bound, maxTokens: 0, price }),
    inputTokensBound: bound,
    contextWindowTokens: 0,
  };
}

function resolved<Provider extends ModelProvider>(
  providers: ProviderRegistry<Provider>,
  wish: { readonly provider?: string; readonly model?: string },
): ResolvedProvider<Provider> {
  try {
    return providers.resolve(wish);
  } catch (error) {
    if (error instanceof UnknownProvider)
      throw LlmErrors.UNKNOWN_PROVIDER({ provider: wish.provider ?? null });
    if (error instanceof UnknownModel) throw LlmErrors.INVALID_MODEL({ model: wish.model ?? null });
    if (error instanceof ProviderNotConfigured)
      throw HttpErrors.PROVIDER_NOT_CONFIGURED({ provider: error.provider });
    throw error;
  }
}
