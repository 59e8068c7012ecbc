import { Injectable } from '@nestjs/common';
import type { EstimateRequest } from '@eventzr/wallet-client';
import { PricesService } from '../prices/prices.service.js';
import { MICROS_PER_USD } from './child-work.js';
import type { InternalEstimate } from './internal-audio.dto.js';

/** Upper bounds for another service's operation, before its first call. */
@Injectable()
export class InternalEstimates {
  constructor(private readonly prices: PricesService) {}

  async of({ operation, request }: EstimateRequest): Promise<InternalEstimate> {
    const { credits, maxCostMicroUsd, provider } = await this.prices.quote(operation, request);
    return { credits, maxCostUsd: maxCostMicroUsd / MICROS_PER_USD, maxCostMicroUsd, provider };
  }
}
