import { Injectable } from '@nestjs/common';
import { validated } from '@eventzr/http';
import { Credits, holdForCompletion, priceTable, ZAR_CREDITS } from '@eventzr/wallet-client';
import { AiBrainErrors } from '../aibrain.errors.js';
import { Brain } from '../orchestration/brain.js';
import { OrchestrateRequest } from '../orchestration/orchestration.dto.js';
import { SINGLE_OPERATION } from '../orchestration/orchestration.service.js';
import { wishOf } from '../orchestration/wishes.js';
import { Panels } from '../zar/panel.js';
import { ZarBounds } from '../zar/zar-bounds.js';
import { ZAR_OPERATION } from '../zar/zar.service.js';
import type { Estimate, EstimateRequest, PriceView } from '@eventzr/wallet-client';

const MICROS_PER_USD = 1_000_000;
const OPERATIONS: ReadonlySet<string> = new Set([SINGLE_OPERATION, ZAR_OPERATION]);

/** What an operation will take, before it is asked for. */
@Injectable()
export class PricesService {
  constructor(
    private readonly brain: Brain,
    private readonly panels: Panels,
    private readonly bounds: ZarBounds,
    private readonly credits: Credits,
  ) {}

  list(): PriceView[] {
    return priceTable('aibrain').filter(({ operation }) => OPERATIONS.has(operation));
  }

  async estimate({ operation, request }: EstimateRequest): Promise<Estimate> {
    if (!OPERATIONS.has(operation)) throw AiBrainErrors.UNKNOWN_OPERATION({ operation });
    const wanted = validated(OrchestrateRequest, request);
    const bound = operation === ZAR_OPERATION ? this.zar(wanted) : this.single(wanted);
    const { credits, item, maxMicroUsd } = await bound;
    const { wallet, sufficient } = await this.credits.quote(credits);
    return {
      credits,
      maxCostUsd: maxMicroUsd / MICROS_PER_USD,
      lines: [{ item, credits }],
      wallet,
      sufficient,
    };
  }

  private async single(wanted: OrchestrateRequest) {
    const { maxCostMicroUsd } = await this.brain.bound(wishOf(wanted));
    return {
      credits: holdForCompletion(wanted.maxTokens),
      item: `one answer of up to ${wanted.maxTokens} tokens`,
      maxMicroUsd: maxCostMicroUsd,
    };
  }

  private async zar(wanted: OrchestrateRequest) {
    const panel = await this.panels.choose();
    return {
      credits: ZAR_CREDITS,
      item: `three answers of up to ${wanted.maxTokens} tokens, compared`,
      maxMicroUsd: await this.bounds.costOf(wishOf(wanted), panel),
    };
  }
}
