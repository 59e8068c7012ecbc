/** One attempt to move money. */
export interface ChargeRequest {
  /** The same for every repetition of this attempt: whoever moves the money must do it once per key. */
  readonly idempotencyKey: string;
  readonly tenantId: string;
  readonly invoiceId: string;
  readonly amountCents: number;
  readonly currency: string;
  /** The provider's token for a card or account; null when none was ever given. */
  readonly paymentMethod: string | null;
}

export type ChargeOutcome =
  | { readonly kind: 'succeeded'; readonly reference: string }
  /** `hard`: asking the same method again is pointless. */
  | { readonly kind: 'declined'; readonly code: string; readonly hard: boolean };

/**
 * Who moves money. A throw means that the outcome is unknown: the attempt stays pending and is repeated later under the same key.
 */
export abstract class PaymentProvider {
  abstract readonly name: string;
  abstract charge(request: ChargeRequest): Promise<ChargeOutcome>;
}
