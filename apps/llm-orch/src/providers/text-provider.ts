import type { UseCase } from './use-cases.js';

export interface ModelInfo {
  readonly id: string;
  /** Tokens of prompt and answer together. */
  readonly contextWindowTokens: number;
  readonly maxOutputTokens: number;
  readonly capabilities: readonly ('text' | 'json' | 'vision' | 'tools')[];
  readonly description?: string;
}

export interface CompletionMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface CompletionRequest {
  readonly messages: readonly CompletionMessage[];
  readonly model: string;
  /** Upper bound of output tokens; never exceeded. */
  readonly maxTokens: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly responseFormat?: 'text' | 'json';
  /** Absent: the local provider infers it from the prompt; vendors do not need it. */
  readonly useCase?: UseCase;
  readonly idempotencyKey: string;
}

/** Disjoint buckets: `inputTokens` does not contain `cachedTokens`; all billed input is their sum. */
export interface CompletionUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedTokens: number;
  /** `provider`: the vendor's own figures; `counted`: our tokenizer, an estimate for foreign models. */
  readonly source: 'provider' | 'counted';
}

export interface Completion {
  readonly text: string;
  readonly model: string;
  readonly finishReason: 'stop' | 'length';
  readonly usage: CompletionUsage;
  /** What the caller should know about this answer; empty when nothing limits it. */
  readonly limits: readonly string[];
}

export type ProviderFaultKind =
  | 'rate_limited'
  | 'unavailable'
  | 'timeout'
  | 'rejected'
  | 'auth'
  | 'moderated'
  | 'unknown_outcome'
  | 'context_overflow';

/**
 * Why a provider gave no answer. `unavailable` means surely not executed (safe to send elsewhere);
 * `unknown_outcome` and `timeout` may have been executed and billed by the vendor.
 */
export class ProviderFault extends Error {
  readonly provider: string;
  readonly kind: ProviderFaultKind;
  /** What the vendor asked for, in milliseconds from now. */
  readonly retryAfterMs?: number;
  /** HTTP status of the vendor's answer, when there was one. */
  readonly status?: number;

  constructor(
    fault: { provider: string; kind: ProviderFaultKind; retryAfterMs?: number; status?: number },
    message: string = fault.kind,
    options?: ErrorOptions,
  ) {
    super(`${fault.provider}: ${message}`, options);
    this.name = 'ProviderFault';
    this.provider = fault.provider;
    this.kind = fault.kind;
    this.retryAfterMs = fault.retryAfterMs;
    this.status = fault.status;
  }
}

/** Port to whatever writes text: a vendor's API or the local planner. */
export abstract class TextProvider {
  abstract readonly name: string;
  /** Whether it can be called at all: has its key, address and at least one model. */
  abstract configured(): boolean;
  /** The first one is the provider's default. */
  abstract models(): readonly ModelInfo[];
  /**
   * One answer. Throws {@link ProviderFault}; when `signal` was aborted it throws the signal's reason instead.
   * Never retries: retries, fallbacks and breakers are the caller's, who owns the deadline and the budget.
   */
  abstract complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion>;
}
