import { Injectable } from '@nestjs/common';
import { derivedId } from '@eventzr/config';
import { RemoteError, RemoteUnavailable, ServiceClient } from '@eventzr/service-client';
import type { ServiceCall } from '@eventzr/service-client';
import { HttpErrors, storableText } from '@eventzr/http';
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
  /** The most that all steps of the operation may cost together. */
  readonly maxMicroUsd: number;
  readonly timeoutMs: number;
  readonly wish: Wish;
  /** Gives the step up; what it had cost by then stays with the operation. */
  readonly signal?: AbortSignal | undefined;
}

/** A model by name. */
export interface Model {
  readonly provider: string;
  readonly model: string;
}

export interface Bound extends Model {
  readonly maxCostMicroUsd: number;
}

/** Without provider and model, the gateway chooses. */
export interface Wish extends Partial<Model> {
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }[];
  readonly maxTokens: number;
  readonly responseFormat?: 'text' | 'json';
}

const ESTIMATE_TIMEOUT_MS = 5_000;

/** Thinks through llm-orch's internal routes, with the caller's token forwarded. */
@Injectable()
export class Brain {
  constructor(private readonly services: ServiceClient) {}

  /**
   * The most that `wish` can cost, in micro-USD, and who would answer; nothing is sent to a model.
   * @throws BUDGET_EXCEEDED 402 when that is above the ceiling
   */
  async bound(wish: Wish, ceilingMicroUsd?: number): Promise<Bound> {
    const { responseFormat: _shape, ...asked } = wish;
    return this.call<Bound>({
      path: '/llm-orch/v1/internal/estimates',
      body: { ...asked, ...(ceilingMicroUsd === undefined ? {} : { ceilingMicroUsd }) },
      timeoutMs: ESTIMATE_TIMEOUT_MS,
      idempotent: true,
    });
  }

  async think(step: Step): Promise<Thought> {
    const { wish, timeoutMs, signal } = step;
    const thought = await this.call<Thought>({
      path: '/llm-orch/v1/internal/inference/chat',
      // Who pays is no part of the body: a repeated step is the same step, whichever hold pays for it by then.
      body: wish,
      headers: stepHeaders(step),
      timeoutMs,
      // The key is free again after a failure, also after one that was billed: a second try would be paid for again.
      idempotent: false,
      ...(signal === undefined ? {} : { signal }),
    });
    return storableThought(thought);
  }

  private async call<T>(
    call: Pick<ServiceCall, 'path' | 'body' | 'headers' | 'timeoutMs' | 'idempotent' | 'signal'>,
  ): Promise<T> {
    try {
      return await this.services.call<T>({
        ...call,
        service: 'llm-orch',
        method: 'POST',
        forwardToken: true,
      });
    } catch (error) {
      throw explain(error);
    }
  }
}

/** A model writes what it likes; what the database cannot hold is left out. */
export function storableThought(thought: Thought): Thought {
  return { ...thought, text: storableText(thought.text) };
}

/** Who pays for a step, and the key under which it is the same step. */
export function stepHeaders({ operationId, holdId, name, maxMicroUsd, wish }: Omit<Step, 'timeoutMs'>) {
  return {
    'idempotency-key': keyOf(operationId, name, wish),
    'x-parent-operation': operationId,
    'x-parent-hold': holdId,
    'x-parent-max-micro-usd': String(maxMicroUsd),
  };
}

// The words belong to the name: a release that words a step anew makes another step, never a key that was used before.
function keyOf(operationId: string, name: string, wish: Wish): string {
  return derivedId(operationId, `${name}:${JSON.stringify(wish)}`);
}

const NOT_NOW = new Set([429, 503]);

/** The gateway's words in aibrain's catalogue; what the caller can mend stays what it is. */
export function explain(error: unknown): Error {
  if (error instanceof RemoteUnavailable && error.reason === 'timeout')
    return AiBrainErrors.ORCHESTRATION_TIMEOUT(null, { cause: error });
  if (error instanceof RemoteUnavailable)
    return HttpErrors.UNAVAILABLE(null, { cause: error, retryAfterSeconds: 5 });
  if (!(error instanceof RemoteError)) return error instanceof Error ? error : new Error(String(error));
  const options = { cause: error };
  if (error.status === 504) return AiBrainErrors.ORCHESTRATION_TIMEOUT(null, options);
  // A step that still runs for an earlier request is replayed once it has ended.
  const inProgress = error.code === HttpErrors.IDEMPOTENCY_IN_PROGRESS.entry.code;
  if (NOT_NOW.has(error.status) || inProgress)
    return HttpErrors.UNAVAILABLE(null, { ...options, retryAfterSeconds: error.retryAfterSeconds ?? 5 });
  if (error.code === HttpErrors.BUDGET_EXCEEDED.entry.code)
    return HttpErrors.BUDGET_EXCEEDED(error.details, options);
  return AiBrainErrors.PROVIDER_ERROR(null, options);
}
