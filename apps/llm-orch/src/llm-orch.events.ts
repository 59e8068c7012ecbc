/** The type, which is also the topic, of every event that llm-orch produces. */
export const LLM_EVENTS = [
  'eventzr.llm.usage.v1',
  'eventzr.llm.provider.outage.v1',
  'eventzr.llm.semantic-cache.hit.v1',
  'eventzr.llm.embeddings.generated.v1',
  'eventzr.llm.budget.exceeded.v1',
  'eventzr.llm.inference.failed.v1',
  'eventzr.llm.quota.low.v1',
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

/** A limit in USD kept a call from its provider, or ended its stream. */
export interface LlmBudgetExceeded {
  readonly tenantId: string;
  readonly userId: string;
  readonly provider: string;
  readonly model: string;
  readonly useCase: string;
  /** `stopped`: in the middle of a stream. */
  readonly action: 'rejected' | 'stopped';
  /** `request`, `tenant-day`, `tenant-month`, `user-day`, `user-month`, or `maxTokens` of a stream. */
  readonly limitSource: string;
  /** The most that the call could have cost, and the limit; not of a stopped stream. */
  readonly estimateUsd?: number;
  readonly ceilingUsd?: number;
  readonly availableUsd?: number;
  readonly maxAffordableTokens?: number;
  readonly resetsAt?: string;
  /** What a stopped stream had written and cost. */
  readonly outputTokens?: number;
  readonly costUsd?: number;
}

/** No model that may answer did: all attempts at all providers are spent, or a stream broke. */
export interface LlmInferenceFailed {
  readonly tenantId: string;
  readonly userId: string;
  /** Who was asked first. */
  readonly provider: string;
  readonly model: string;
  readonly useCase: string;
  /** As the caller was told, `LLM_1002`. */
  readonly code: string;
  readonly reason: string;
  /** In order; none where every breaker is open. */
  readonly attempts: readonly {
    readonly provider: string;
    readonly model: string;
    readonly outcome: string;
    readonly latencyMs: number;
  }[];
}

/** Less than a fifth of its credits is left in a wallet that pays for calls. */
export interface LlmQuotaLow {
  readonly tenantId: string;
  /** Null: the team's wallet. */
  readonly userId: string | null;
  readonly walletId: string;
  readonly availableCredits: number;
  readonly heldCredits: number;
  readonly thresholdCredits: number;
  /** What there was after credits last came in. */
  readonly fullCredits: number;
}
