import { Injectable } from '@nestjs/common';
import { RERANK_CREDITS } from '@eventzr/wallet-client';
import { assertInputTokens, boundAll } from '../calls/input-limits.js';
import type { ModelCall } from '../calls/model-call.js';
import { targetOf } from '../calls/model-call.js';
import { ModelCalls } from '../calls/model-calls.js';
import { LlmErrors } from '../llm-orch.errors.js';
import type { Ranking, RerankProvider } from '../providers/rerank-provider.js';
import { RerankProviders } from '../providers/rerank-provider.js';
import type { RerankBody } from './rerank.dto.js';

/** The name of the operation in the price table and on the ledger. */
export const RERANK_OPERATION = 'rerank';

const LOCAL_LIMIT = 'BM25 and spelling, no language model: synonyms are not found';

/** Documents in order of their use for a query. */
@Injectable()
export class RerankService {
  constructor(
    private readonly providers: RerankProviders,
    private readonly calls: ModelCalls,
  ) {}

  async rerank(wish: RerankBody) {
    const { documents, returnDocuments = false } = wish;
    const call = await this.plan(wish);
    return this.calls.make(call, async ({ results }, facts) => ({
      ...facts,
      results: results.map((result) => ({
        ...result,
        ...(returnDocuments ? { document: documents[result.index] } : {}),
      })),
      ...(facts.provider === 'local' ? { limits: [LOCAL_LIMIT] } : {}),
    }));
  }

  /** @throws RERANK_INVALID_INPUT, INVALID_MODEL, UNKNOWN_PROVIDER 400 */
  async plan({ query, documents, topN, ...wish }: RerankBody): Promise<ModelCall<RerankProvider, Ranking>> {
    const target = targetOf(this.providers, wish, boundAll([query, ...documents]));
    await assertInputTokens([query], 'query', LlmErrors.RERANK_INVALID_INPUT);
    await assertInputTokens(documents, 'documents', LlmErrors.RERANK_INVALID_INPUT);
    const { provider, model } = target;
    const most = topN === undefined ? {} : { topN };
    return {
      operation: RERANK_OPERATION,
      credits: RERANK_CREDITS,
      target,
      failed: LlmErrors.RERANK_PROVIDER_ERROR,
      tooLong: LlmErrors.RERANK_INVALID_INPUT,
      send: (idempotencyKey, signal) =>
        provider.rerank({ query, documents, model, ...most, idempotencyKey }, signal),
      usage: ({ model: answered, inputTokens, usageSource }) => ({
        model: answered,
        inputTokens,
        source: usageSource,
      }),
    };
  }
}
