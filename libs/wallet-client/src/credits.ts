import type { SqlTx } from '@eventzr/db';

/** What an operation asks for before it starts. */
export interface CreditRequest {
  /** Which priced operation this is, as the price table names it, e.g. `images.generate`. */
  readonly operation: string;
  /** The most that the operation may charge. A resumed operation keeps the amount it was first opened with. */
  readonly credits: number;
  /** When the operation is over at the latest, queueing included; the hold outlives it by an hour. */
  readonly deadline: Date;
  /** The caller's `x-budget-max-usd`, stored with the operation for every later attempt. */
  readonly ceilingMicroUsd?: number;
}

/** An operation whose credits are held. */
export interface OpenOperation {
  readonly operationId: string;
  readonly holdId: string;
  readonly walletId: string;
  readonly credits: number;
}

/** How an operation ended: charged (at most what was held; 0 charges nothing) or given back whole. */
export type SettlementOutcome = { readonly capture: number } | { readonly release: true };

/** What a wallet could pay right now; nothing is held. */
export interface CreditQuote {
  readonly wallet: { readonly id: string; readonly kind: 'user' | 'team'; readonly available: number };
  readonly sufficient: boolean;
}

/** Another transaction ended the same operation first; thrown inside `settle`, so that this one rolls back. */
export class SettlementConflict extends Error {
  constructor(readonly holdId: string) {
    super(`Hold ${holdId} is settled already`);
    this.name = 'SettlementConflict';
  }
}

/** Credits of the AI operations: held before any work, settled by the transaction that ends it. */
export abstract class Credits {
  /**
   * Holds the credits for the operation of the current request.
   * @throws INSUFFICIENT_CREDITS 402 with `{ required, available, walletId }`
   * @throws UNAVAILABLE 503 while the wallet cannot answer: nothing ran, the same key works later
   */
  abstract open(request: CreditRequest): Promise<OpenOperation>;

  /** Gives everything back after a failure before the operation was taken over by `markHeld` or `settle`. */
  abstract release(operation: OpenOperation): Promise<void>;

  /** Keeps the hold for work that goes on after the answer, in the transaction that stores that answer. */
  abstract markHeld(tx: SqlTx, operation: Pick<OpenOperation, 'operationId' | 'holdId'>): Promise<void>;

  /**
   * Decides what the operation costs, in the transaction that ends it; the wallet hears of it after the commit.
   * @throws SettlementConflict when another transaction ended it first
   */
  abstract settle(
    tx: SqlTx,
    operation: Pick<OpenOperation, 'operationId' | 'holdId'>,
    outcome: SettlementOutcome,
  ): Promise<void>;

  /** Whether the caller's wallet could pay `credits` now. */
  abstract quote(credits: number): Promise<CreditQuote>;
}
