import { Injectable } from '@nestjs/common';
import { validated } from '@eventzr/http';
import { holdForCompletion } from '@eventzr/wallet-client';
import { textsOf } from '../calls/texts-of.js';
import { EmbedBatchRequest, EmbedRequest } from '../embeddings/embeddings.dto.js';
import { EMBEDDINGS_OPERATION, EmbeddingsService } from '../embeddings/embeddings.service.js';
import type { CompletionWish } from '../inference/completion-plan.js';
import { CompletionPlanner } from '../inference/completion-planner.js';
import { ChatRequest, CompleteRequest } from '../inference/inference.dto.js';
import { CHAT_OPERATION, COMPLETE_OPERATION } from '../inference/inference.requests.js';
import { chatWishOf, wishOf } from '../inference/wishes.js';
import { LlmErrors } from '../llm-orch.errors.js';
import { ModerationBody } from '../moderations/moderations.dto.js';
import { MODERATIONS_OPERATION, ModerationsService } from '../moderations/moderations.service.js';
import { RerankBody } from '../rerank/rerank.dto.js';
import { RERANK_OPERATION, RerankService } from '../rerank/rerank.service.js';

/** What a request would take: exactly its hold, and the most that its provider could cost. */
export interface Bound {
  readonly credits: number;
  readonly maxMicroUsd: number;
  readonly item: string;
}

/** Bounds requests as their own routes do. */
@Injectable()
export class Estimates {
  private readonly bounds: Readonly<Record<string, (request: object) => Bound | Promise<Bound>>> = {
    [COMPLETE_OPERATION]: (request) => this.completion(wishOf(validated(CompleteRequest, request))),
    [CHAT_OPERATION]: (request) => this.completion(chatWishOf(validated(ChatRequest, request))),
    [EMBEDDINGS_OPERATION]: (request) => this.embedding(request),
    [RERANK_OPERATION]: async (request) => {
      const wish = validated(RerankBody, request);
      return boundOf(await this.rerank.plan(wish), `${wish.documents.length} documents`);
    },
    [MODERATIONS_OPERATION]: async (request) => {
      const { input, ...options } = validated(ModerationBody, request);
      const inputs = textsOf(input);
      return boundOf(await this.moderations.plan({ ...options, inputs }), `${inputs.length} inputs`);
    },
  };

  constructor(
    private readonly planner: CompletionPlanner,
    private readonly embeddings: EmbeddingsService,
    private readonly rerank: RerankService,
    private readonly moderations: ModerationsService,
  ) {}

  /** @throws UNKNOWN_OPERATION 400, and what the operation's own route would answer to a bad request */
  async of(operation: string, request: object): Promise<Bound> {
    const bound = Object.hasOwn(this.bounds, operation) ? this.bounds[operation] : undefined;
    if (bound === undefined) throw LlmErrors.UNKNOWN_OPERATION({ operation });
    return bound(request);
  }

  private completion(wish: CompletionWish): Bound {
    const { boundMicroUsd, model } = this.planner.plan(wish);
    return {
      credits: holdForCompletion(wish.maxTokens),
      maxMicroUsd: boundMicroUsd,
      item: `up to ${wish.maxTokens} tokens by ${model}`,
    };
  }

  /** Both routes have one price: `inputs` is a batch, `input` a single text. */
  private async embedding(request: object): Promise<Bound> {
    const wish =
      'inputs' in request ? validated(EmbedBatchRequest, request) : single(validated(EmbedRequest, request));
    return boundOf(await this.embeddings.plan(wish), `${wish.inputs.length} inputs`);
  }
}

function single({ input, ...options }: EmbedRequest) {
  return { ...options, inputs: [input] };
}

function boundOf(
  call: { credits: number; target: { boundMicroUsd: number; model: string } },
  what: string,
): Bound {
  const { credits, target } = call;
  return { credits, maxMicroUsd: target.boundMicroUsd, item: `${what} by ${target.model}` };
}
