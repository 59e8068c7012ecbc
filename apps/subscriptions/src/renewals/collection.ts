import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { PaymentProvider, type ChargeOutcome } from '../providers/payment-provider.js';
import type { PaymentDue, PaymentResult } from './renewals.repository.js';

/** So many charges are under way at once. */
const CONCURRENCY = 16;
/** The first further attempt after a soft decline; later ones belong to dunning. */
const FIRST_RETRY_MS = 24 * 60 * 60 * 1000;

/** Moves the money of pending payments. No transaction is open meanwhile. */
@Injectable()
export class Collection {
  constructor(
    private readonly provider: PaymentProvider,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  /** The payments whose outcome is known; the others stay pending and are repeated under the same key. */
  async charge(payments: readonly PaymentDue[]): Promise<PaymentResult[]> {
    const results: PaymentResult[] = [];
    const queue = payments.values();
    const lane = async () => {
      for (const payment of queue) {
        const result = await this.chargeOne(payment);
        if (result !== undefined) results.push(result);
      }
    };
    await Promise.all(Array.from({ length: Math.min(CONCURRENCY, payments.length) }, lane));
    return results;
  }

  private async chargeOne(payment: PaymentDue): Promise<PaymentResult | undefined> {
    const idempotencyKey = `inv:${payment.invoiceId}:try:${payment.attempt}`;
    try {
      return this.resultOf(payment, await this.provider.charge({ ...payment, idempotencyKey }));
    } catch (error) {
      this.logger.warn(
        { err: error, tenantId: payment.tenantId, paymentId: payment.paymentId },
        'payment outcome unknown',
      );
      return undefined;
    }
  }

  private resultOf({ tenantId, paymentId }: PaymentDue, outcome: ChargeOutcome): PaymentResult {
    const declined = outcome.kind === 'declined' ? outcome : undefined;
    const retry = declined?.hard === false ? new Date(this.clock.now().getTime() + FIRST_RETRY_MS) : null;
    return {
      tenantId,
      paymentId,
      succeeded: outcome.kind === 'succeeded',
      provider: this.provider.name,
      reference: outcome.kind === 'succeeded' ? outcome.reference : null,
      declineCode: declined?.code ?? null,
      nextRetryAt: retry,
      eventId: newId(),
      transitionId: newId(),
    };
  }
}
