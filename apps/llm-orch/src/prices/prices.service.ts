import { Injectable } from '@nestjs/common';
import { Credits, priceTable } from '@eventzr/wallet-client';
import type { Estimate, EstimateRequest, PriceView } from '@eventzr/wallet-client';
import { Estimates } from './estimates.js';

const MICROS_PER_USD = 1_000_000;

/** What an operation will take, before it is asked for. */
@Injectable()
export class PricesService {
  constructor(
    private readonly estimates: Estimates,
    private readonly credits: Credits,
  ) {}

  list(): PriceView[] {
    return [...priceTable('llm-orch')];
  }

  async estimate({ operation, request }: EstimateRequest): Promise<Estimate> {
    const { credits, maxMicroUsd, item } = await this.estimates.of(operation, request);
    const { wallet, sufficient } = await this.credits.quote(credits);
    return {
      credits,
      maxCostUsd: maxMicroUsd / MICROS_PER_USD,
      lines: [{ item, credits }],
      wallet,
      sufficient,
    };
  }
}
