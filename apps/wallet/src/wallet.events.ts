/** The balance of a wallet as it stands; later events replace earlier ones. */
export const BALANCE_UPDATED = 'eventzr.wallet.balance.updated.v1';

/** Less than a fifth is left of what the wallet had after credits last came in. Said once until more come in. */
export const BALANCE_LOW = 'eventzr.wallet.balance.low.v1';

export interface BalanceUpdated {
  readonly tenantId: string;
  readonly walletId: string;
  readonly kind: string;
  readonly ownerId: string;
  readonly available: number;
  readonly held: number;
  readonly currency: 'credits';
  readonly frozen: boolean;
}

export interface BalanceLow extends BalanceUpdated {
  readonly thresholdCredits: number;
  readonly fullCredits: number;
}

export const walletEvents = [BALANCE_UPDATED, BALANCE_LOW] as const;
