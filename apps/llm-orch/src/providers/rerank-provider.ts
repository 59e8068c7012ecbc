import { ModelProvider } from './model-provider.js';
import { ProviderRegistry } from './provider-registry.js';

export interface RerankModelInfo {
  readonly id: string;
  readonly maxDocuments: number;
}

export interface RerankRequest {
  readonly query: string;
  readonly documents: readonly string[];
  readonly model: string;
  /** Absent: all of them. */
  readonly topN?: number;
  readonly idempotencyKey: string;
}

export interface Ranking {
  /** Best first; `index` is the place in the request, `score` is between 0 and 1. */
  readonly results: readonly { readonly index: number; readonly score: number }[];
  readonly model: string;
  readonly inputTokens: number;
  readonly usageSource: 'provider' | 'counted';
}

/** Port to whatever orders documents by their use for a query. Never retries. */
export abstract class RerankProvider extends ModelProvider<RerankModelInfo> {
  /** Throws `ProviderFault`; when `signal` was aborted it throws the signal's reason instead. */
  abstract rerank(request: RerankRequest, signal: AbortSignal): Promise<Ranking>;
}

/** Which provider and model order documents. */
export class RerankProviders extends ProviderRegistry<RerankProvider> {}
