import { Injectable } from '@nestjs/common';
import { Outbox } from '@eventzr/events';
import { currentPrincipal } from '@eventzr/http';
import { embeddingCredits } from '@eventzr/wallet-client';
import { assertInputTokens, boundAll } from '../calls/input-limits.js';
import type { ModelCall } from '../calls/model-call.js';
import { targetOf } from '../calls/model-call.js';
import type { CallFacts } from '../calls/model-calls.js';
import { ModelCalls } from '../calls/model-calls.js';
import type { LlmEmbeddingsGenerated } from '../llm-orch.events.js';
import { LlmErrors } from '../llm-orch.errors.js';
import type { EmbeddingProvider, Embeddings } from '../providers/embedding-provider.js';
import { EmbeddingProviders } from '../providers/embedding-provider.js';

/** The name of the operation in the price table and on the ledger. */
export const EMBEDDINGS_OPERATION = 'embeddings';

const LOCAL_LIMIT = 'hashed words and spellings, no language model: near texts share words, not meanings';

export interface EmbeddingWish {
  readonly inputs: readonly string[];
  readonly model?: string;
  readonly provider?: string;
  readonly dimensions?: number;
}

/** What every answer with vectors says. */
export interface EmbeddingFacts extends CallFacts {
  readonly dimensions: number;
  readonly limits?: string[];
}

/** Texts into vectors. */
@Injectable()
export class EmbeddingsService {
  constructor(
    private readonly providers: EmbeddingProviders,
    private readonly calls: ModelCalls,
    private readonly outbox: Outbox,
  ) {}

  /** @param answer how the caller wants to be told */
  async embed(
    wish: EmbeddingWish,
    answer: (vectors: Embeddings['vectors'], facts: EmbeddingFacts) => object,
  ) {
    const call = await this.plan(wish);
    return this.calls.make(call, async ({ vectors }, facts, tx) => {
      const dimensions = vectors[0]?.length ?? 0;
      const { tenantId } = currentPrincipal();
      const data = eventOf(facts, vectors.length, dimensions);
      await this.outbox.append(tx, {
        type: 'eventzr.llm.embeddings.generated.v1',
        aggregateId: facts.id,
        tenantId,
        data,
      });
      const limits = facts.provider === 'local' ? { limits: [LOCAL_LIMIT] } : {};
      return answer(vectors, { ...facts, dimensions, ...limits });
    });
  }

  /** @throws EMBEDDING_INPUT_TOO_LONG, INVALID_DIMENSIONS, INVALID_MODEL, UNKNOWN_PROVIDER 400 */
  async plan({
    inputs,
    dimensions,
    ...wish
  }: EmbeddingWish): Promise<ModelCall<EmbeddingProvider, Embeddings>> {
    const target = targetOf(this.providers, wish, boundAll(inputs));
    const { provider, model } = target;
    assertDimensions(provider, model, dimensions);
    await assertInputTokens(inputs, 'inputs', LlmErrors.EMBEDDING_INPUT_TOO_LONG);
    const length = dimensions === undefined ? {} : { dimensions };
    return {
      operation: EMBEDDINGS_OPERATION,
      credits: embeddingCredits(inputs.length),
      target,
      failed: LlmErrors.EMBEDDING_PROVIDER_ERROR,
      tooLong: LlmErrors.EMBEDDING_INPUT_TOO_LONG,
      send: (idempotencyKey, signal) => provider.embed({ inputs, model, ...length, idempotencyKey }, signal),
      usage: ({ model: answered, inputTokens, usageSource }) => ({
        model: answered,
        inputTokens,
        source: usageSource,
      }),
    };
  }
}

function assertDimensions(provider: EmbeddingProvider, model: string, wished: number | undefined): void {
  if (wished === undefined) return;
  const { dimensions = 0, shortens = false } = provider.models().find(({ id }) => id === model) ?? {};
  const possible = shortens ? wished <= dimensions : wished === dimensions;
  if (!possible) throw LlmErrors.INVALID_DIMENSIONS({ model, dimensions, shortens });
}

function eventOf(facts: CallFacts, inputs: number, dimensions: number): LlmEmbeddingsGenerated {
  const { tenantId, userId } = currentPrincipal();
  const { provider, model, usage, costUsd, latencyMs } = facts;
  return {
    tenantId,
    userId,
    provider,
    model,
    inputs,
    dimensions,
    inputTokens: usage.inputTokens,
    costUsd,
    latencyMs,
  };
}
