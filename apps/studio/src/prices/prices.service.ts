import { Injectable } from '@nestjs/common';
import { validated } from '@eventzr/http';
import type { Estimate, EstimateRequest, PriceView } from '@eventzr/wallet-client';
import { Credits, priceTable } from '@eventzr/wallet-client';
import { ImagesService } from '../images/images.service.js';
import { InvitationsService, PostersService } from '../posters/posters.service.js';
import { StudioErrors } from '../studio.errors.js';
import type { PricedOperation } from './priced-operation.js';

const MICROS_PER_USD = 1_000_000;

/** What an operation will take, before it is asked for. */
@Injectable()
export class PricesService {
  private readonly operations: readonly PricedOperation[];

  constructor(
    private readonly credits: Credits,
    images: ImagesService,
    posters: PostersService,
    invitations: InvitationsService,
  ) {
    this.operations = [images, posters, invitations];
  }

  list(): PriceView[] {
    const offered = new Set(this.operations.map(({ operation }) => operation));
    return priceTable('studio').filter(({ operation }) => offered.has(operation));
  }

  async estimate({ operation, request }: EstimateRequest): Promise<Estimate> {
    const priced = this.operations.find((each) => each.operation === operation);
    if (priced === undefined) throw StudioErrors.UNKNOWN_OPERATION({ operation });
    const { credits, maxCostMicroUsd, lines } = await priced.quote(validated(priced.body, request));
    const { wallet, sufficient } = await this.credits.quote(credits);
    const maxCostUsd = maxCostMicroUsd / MICROS_PER_USD;
    return { credits, maxCostUsd, lines: [...lines], wallet, sufficient };
  }
}
