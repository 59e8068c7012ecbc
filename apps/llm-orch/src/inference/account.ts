import type { SqlTx } from '@eventzr/db';
import type { Finished } from '@eventzr/idempotency';
import type { SpendCeiling } from '../budgets/attempt-ledger.js';

/** Who pays for a completion, and how its operation ends: exactly one of {@link finish} and {@link giveBack}. */
export interface Account {
  readonly operationId: string;
  /** Of a child call: the operation that pays. */
  readonly parentOperationId?: string;
  /** Credits held; 0 where the parent holds them. */
  readonly held: number;
  readonly deadline: Date;
  readonly ceiling: SpendCeiling | undefined;
  /** Whole credits for so many output tokens, at most what is held. */
  charge(outputTokens: number): number;
  /** Charges and stores the answer, together with what `work` writes. */
  finish<T>(charged: number, work: (tx: SqlTx) => Promise<T>): Promise<Finished<T>>;
  /** Charges nothing. Never throws: another error is on its way. */
  giveBack(): Promise<void>;
}
