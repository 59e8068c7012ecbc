/** The type, which is also the topic, of every event that aibrain produces. */
export const AIBRAIN_EVENTS = [
  'eventzr.aibrain.request.initiated.v1',
  'eventzr.aibrain.response.generated.v1',
  'eventzr.aibrain.consensus.failed.v1',
  'eventzr.aibrain.streaming.chunk.v1',
] as const;

export interface RequestInitiated {
  readonly tenantId: string;
  readonly userId: string;
  readonly conversationId: string;
  readonly mode: string;
}

export interface ResponseGenerated {
  readonly tenantId: string;
  readonly userId: string;
  readonly conversationId: string;
  readonly mode: string;
  readonly modelsUsed: readonly string[];
  readonly consensusReached: boolean;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly latencyMs: number;
  readonly costCredits: number;
  readonly costUsd: number;
}

export interface ConsensusFailed {
  readonly tenantId: string;
  readonly userId: string;
  readonly mode: string;
  readonly modelsUsed: readonly string[];
  readonly score: number;
  /** How many models answered. */
  readonly answered: number;
  readonly costCredits: number;
}

/** One piece of a streamed answer; many, so only where they are switched on. */
export interface StreamingChunk {
  readonly tenantId: string;
  readonly userId: string;
  readonly conversationId: string;
  readonly index: number;
  readonly text: string;
}
