import { ModelProvider } from './model-provider.js';
import { ProviderRegistry } from './provider-registry.js';

export interface EmbeddingModelInfo {
  readonly id: string;
  readonly dimensions: number;
  /** Tokens of one input at most. */
  readonly maxInputTokens: number;
  /** Whether shorter vectors can be asked for. */
  readonly shortens: boolean;
}

export interface EmbeddingRequest {
  readonly inputs: readonly string[];
  readonly model: string;
  /** Shorter vectors, where the model can; absent: its own length. */
  readonly dimensions?: number;
  readonly idempotencyKey: string;
}

export interface Embeddings {
  /** One vector an input, in the inputs' order. */
  readonly vectors: readonly (readonly number[])[];
  readonly model: string;
  readonly inputTokens: number;
  readonly usageSource: 'provider' | 'counted';
}

/** Port to whatever turns texts into vectors. Never retries. */
export abstract class EmbeddingProvider extends ModelProvider<EmbeddingModelInfo> {
  /** Throws `ProviderFault`; when `signal` was aborted it throws the signal's reason instead. */
  abstract embed(request: EmbeddingRequest, signal: AbortSignal): Promise<Embeddings>;
}

/** Which provider and model turn texts into vectors. */
export class EmbeddingProviders extends ProviderRegistry<EmbeddingProvider> {}
