/** The type, which is also the topic, of every event that llm-orch produces. */
export const LLM_EVENTS = ['eventzr.llm.usage.v1'] as const;

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
