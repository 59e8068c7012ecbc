import { derivedId } from '@eventzr/config';
import { PaymentProvider, type ChargeOutcome, type ChargeRequest } from '../payment-provider.js';

type Behaviour = 'succeed' | { readonly code: string; readonly hard: boolean };

/** Test cards by their token: no money moves anywhere. */
export const TEST_CARDS: Readonly<Record<string, Behaviour>> = {
  card_succeed: 'succeed',
  card_decline: { code: 'card_declined', hard: true },
  card_insufficient_funds: { code: 'insufficient_funds', hard: false },
  card_requires_action: { code: 'authentication_required', hard: false },
};

/** Money for trying the platform: the card decides. */
export class LocalPaymentProvider extends PaymentProvider {
  readonly name = 'local';

  charge(request: ChargeRequest): Promise<ChargeOutcome> {
    const { paymentMethod } = request;
    if (paymentMethod === null) return declined('no_payment_method', true);
    const behaviour = Object.hasOwn(TEST_CARDS, paymentMethod) ? TEST_CARDS[paymentMethod] : undefined;
    if (behaviour === undefined) return declined('invalid_payment_method', true);
    if (behaviour !== 'succeed') return declined(behaviour.code, behaviour.hard);
    // Derived, so that a repeated attempt is seen to be the same charge.
    const reference = `local_${derivedId(request.invoiceId, request.idempotencyKey)}`;
    return Promise.resolve({ kind: 'succeeded', reference });
  }
}

function declined(code: string, hard: boolean): Promise<ChargeOutcome> {
  return Promise.resolve({ kind: 'declined', code, hard });
}
