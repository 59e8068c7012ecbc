import { Injectable } from '@nestjs/common';
import { derivedId } from '@eventzr/config';
import { RemoteError, RemoteUnavailable, ServiceClient } from '@eventzr/service-client';
import { HttpErrors } from '@eventzr/http';
import { AiBrainErrors } from '../aibrain.errors.js';

/** What llm-orch answers to an internal completion, as far as aibrain reads it. */
export interface Thought {
  readonly text: string;
  readonly model: string;
  readonly usage: {
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly totalTokens: number;
  };
  readonly costUsd: number;
  readonly limits?: readonly string[];
}

/** One step of an operation that aibrain pays for. */
export interface Step {
  readonly operationId: string;
  readonly holdId: string;
  /** Names the step within its operation: a finished step is replayed, a lost one run again. */
  readonly name: string;
  readonly maxMicroUsd: number;
  readonly timeoutMs: number;
  readonly wish: Wish;
}

export interface Wish {
  readonly messages: readonly { readonly role: 'system' | 'user'; readonly content: string }[];
  readonly maxTokens: number;
  readonly responseFormat?: 'text' | 'json';
}

const ESTIMATE_TIMEOUT_MS = 5_000;

/** Thinks through llm-orch's internal routes, with the caller's token forwarded. */
@Injectable()
export class Brain {
  constructor(private readonly services: ServiceClient) {}

  /** The most that `wish` can cost, in micro-USD; nothing is sent to a model. */
  async bound(wish: Wish): Promise<number> {
    const body = { messages: wish.messages, maxTokens: wish.maxTokens };
    const { maxCostMicroUsd } = await this.call<{ maxCostMicroUsd: number }>(
      '/llm-orch/v1/internal/estimates',
      body,
      ESTIMATE_TIMEOUT_MS,
    );
    return maxCostMicroUsd;
  }

  async think({ operationId, holdId, name, maxMicroUsd, timeoutMs, wish }: Step): Promise<Thought> {
    const body = { ...wish, parent: { operationId, holdId, maxMicroUsd } };
    return this.call<Thought>('/llm-orch/v1/internal/inference/chat', body, timeoutMs, {
      'idempotency-key': derivedId(operationId, name),
    });
  }

  private async call<T>(
    path: string,
    body: object,
    timeoutMs: number,
    headers: Record<string, string> = {},
  ): Promise<T> {
    try {
      return await this.services.call<T>({
        service: 'llm-orch',
        method: 'POST',
        path,
        body,
        timeoutMs,
        // Safe to repeat: the key makes the second call meet the first.
        idempotent: true,
        forwardToken: true,
        headers,
      });
    } catch (error) {
      throw explain(error);
    }
  }
}

/** The gateway's words in aibrain's catalogue; what the caller can mend stays what it is. */
function explain(error: unknown): Error {
  if (error instanceof RemoteUnavailable)
    return HttpErrors.UNAVAILABLE(null, { cause: error, retryAfterSeconds: 5 });
  if (!(error instanceof RemoteError)) return error instanceof Error ? error : new Error(String(error));
  const options = { cause: error };
  if (error.status === 504) return AiBrainErrors.ORCHESTRATION_TIMEOUT(null, options);
  if (error.status === 503)
    return HttpErrors.UNAVAILABLE(null, { ...options, retryAfterSeconds: error.retryAfterSeconds ?? 5 });
  if (error.code === HttpErrors.BUDGET_EXCEEDED.entry.code)
    return HttpErrors.BUDGET_EXCEEDED(error.details, options);
  return AiBrainErrors.PROVIDER_ERROR(null, options);
}
