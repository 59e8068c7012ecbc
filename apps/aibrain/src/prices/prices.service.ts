import { Injectable } from '@nestjs/common';
import { validated } from '@eventzr/http';
import { Credits, holdForCompletion, priceTable } from '@eventzr/wallet-client';
import { AiBrainErrors } from '../aibrain.errors.js';
import { Brain } from '../orchestration/brain.js';
import { OrchestrateRequest } from '../orchestration/orchestration.dto.js';
import { SINGLE_OPERATION, wishOf } from '../orchestration/orchestration.service.js';
import type { Estimate, EstimateRequest, PriceView } from '@eventzr/wallet-client';

const MICROS_PER_USD = 1_000_000;

/** What an operation will take, before it is asked for. */
@Injectable()
export class PricesService {
  constructor(
    private readonly brain: Brain,
    private readonly credits: Credits,
  ) {}

  list(): PriceView[] {
    return priceTable('aibrain').filter(({ operation }) => operation === SINGLE_OPERATION);
  }

  async estimate({ operation, request }: EstimateRequest): Promise<Estimate> {
    if (operation !== SINGLE_OPERATION) throw AiBrainErrors.UNKNOWN_OPERATION({ operation });
    const wanted = validated(OrchestrateRequest, request);
    const credits = holdForCompletion(wanted.maxTokens);
    const [maxCostMicroUsd, { wallet, sufficient }] = await Promise.all([
      this.brain.bound(wishOf(wanted)),
      this.credits.quote(credits),
    ]);
    const lines = [{ item: `one answer of up to ${wanted.maxTokens} tokens`, credits }];
    return { credits, maxCostUsd: maxCostMicroUsd / MICROS_PER_USD, lines, wallet, sufficient };
  }
}
