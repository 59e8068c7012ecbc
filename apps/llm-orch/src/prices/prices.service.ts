import { Injectable } from '@nestjs/common';
import { validated } from '@eventzr/http';
import { Credits, holdForCompletion, priceTable } from '@eventzr/wallet-client';
import { CompletionPlanner } from '../inference/completion-planner.js';
import { ChatRequest, CompleteRequest } from '../inference/inference.dto.js';
import { CHAT_OPERATION, COMPLETE_OPERATION } from '../inference/inference.requests.js';
import { chatWishOf, wishOf } from '../inference/wishes.js';
import { LlmErrors } from '../llm-orch.errors.js';
import type { Estimate, EstimateRequest, PriceView } from '@eventzr/wallet-client';

const MICROS_PER_USD = 1_000_000;
const PRICED = new Set([COMPLETE_OPERATION, CHAT_OPERATION]);

/** What an operation will take, before it is asked for. */
@Injectable()
export class PricesService {
  constructor(
    private readonly planner: CompletionPlanner,
    private readonly credits: Credits,
  ) {}

  list(): PriceView[] {
    return priceTable('llm-orch').filter(({ operation }) => PRICED.has(operation));
  }

  async estimate({ operation, request }: EstimateRequest): Promise<Estimate> {
    if (!PRICED.has(operation)) throw LlmErrors.UNKNOWN_OPERATION({ operation });
    const plan = this.planner.plan(
      operation === CHAT_OPERATION
        ? chatWishOf(validated(ChatRequest, request))
        : wishOf(validated(CompleteRequest, request)),
    );
    const credits = holdForCompletion(plan.wish.maxTokens);
    const { wallet, sufficient } = await this.credits.quote(credits);
    const lines = [{ item: `up to ${plan.wish.maxTokens} tokens by ${plan.model}`, credits }];
    return { credits, maxCostUsd: plan.boundMicroUsd / MICROS_PER_USD, lines, wallet, sufficient };
  }
}
