import { validated } from '@eventzr/http';
import type { Credits, Estimate, EstimateRequest, PriceView } from '@eventzr/wallet-client';
import { priceTable } from '@eventzr/wallet-client';
import { StudioErrors } from '../studio.errors.js';
import type { PricedOperation, Quote } from './priced-operation.js';

const MICROS_PER_USD = 1_000_000;

/** What an operation will take, before it is asked for. */
export class PricesService {
  constructor(
    private readonly credits: Credits,
    private readonly operations: readonly PricedOperation[],
  ) {}

  list(): PriceView[] {
    const offered = new Set(this.operations.map(({ operation }) => operation));
    return priceTable('studio').filter(({ operation }) => offered.has(operation));
  }

  async estimate({ operation, request }: EstimateRequest): Promise<Estimate> {
    const { credits, maxCostMicroUsd, lines } = await this.quote(operation, request);
    const { wallet, sufficient } = await this.credits.quote(credits);
    const maxCostUsd = maxCostMicroUsd / MICROS_PER_USD;
    return { credits, maxCostUsd, lines: [...lines], wallet, sufficient };
  }

  /** @throws UNKNOWN_OPERATION 400, and what the operation's own route would answer to a bad request */
  async quote(operation: string, request: object): Promise<Quote> {
    const priced = this.operations.find((each) => each.operation === operation);
    if (priced === undefined) throw StudioErrors.UNKNOWN_OPERATION({ operation });
    return priced.quote(validated(priced.body, request));
  }
}
