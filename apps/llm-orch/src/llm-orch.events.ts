/** The type, which is also the topic, of every event that llm-orch produces. */
export const LLM_EVENTS = [
  'eventzr.llm.usage.v1',
  'eventzr.llm.provider.outage.v1',
  'eventzr.llm.semantic-cache.hit.v1',
  'eventzr.llm.embeddings.generated.v1',
] as const;

export interface LlmUsage {
  readonly tenantId: string;
  readonly userId: string;
  readonly provider: string;
  readonly model: string;
  readonly useCase: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly latencyMs: number;
  readonly costUsd: number;
  readonly cached: boolean;
}

/** An answer was given again. */
export interface LlmCacheHit {
  readonly tenantId: string;
  readonly userId: string;
  readonly provider: string;
  readonly model: string;
  readonly useCase: string;
  readonly match: 'exact' | 'semantic';
  /** Cosine of the two prompts; 1 for the same one. */
  readonly similarity: number;
}

/** Texts were turned into vectors, one or many. */
export interface LlmEmbeddingsGenerated {
  readonly tenantId: string;
  readonly userId: string;
  readonly provider: string;
  readonly model: string;
  readonly inputs: number;
  readonly dimensions: number;
  readonly inputTokens: number;
  readonly costUsd: number;
  readonly latencyMs: number;
}

/** A breaker changed its state. */
export interface LlmProviderOutage {
  readonly provider: string;
  readonly model: string;
  readonly previousState: 'closed' | 'open' | 'half-open';
  readonly state: 'closed' | 'open' | 'half-open';
  readonly changedAt: string;
  /** When the next call may try; only of `open`. */
  readonly retryAt?: string;
}
