import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlTx } from '@eventzr/db';
import { HttpErrors } from '@eventzr/http';
import { SettlementConflict, type SettlementOutcome } from './credits.js';
import { LeaseKeeper } from './lease-keeper.js';
import { OperationStore } from './operation-store.js';
import { SettlementSender } from './settlement-sender.js';
import { SettlementStore } from './settlement-store.js';

/** An operation at its end; its wallet is written down when it is known. */
export interface EndingOperation {
  readonly operationId: string;
  readonly holdId: string;
  readonly walletId?: string;
}

/** Decides how holds end. What is decided here is told to the wallet after the commit, by this process or by a sweep. */
@Injectable()
export class Settlements {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OperationStore) private readonly operations: OperationStore,
    @Inject(SettlementStore) private readonly store: SettlementStore,
    @Inject(SettlementSender) private readonly sender: SettlementSender,
    @Inject(LeaseKeeper) private readonly leases: LeaseKeeper,
  ) {}

  /** @throws UNAVAILABLE when the operation was given up meanwhile: the transaction must not commit */
  async keepHeld(tx: SqlTx, operation: EndingOperation): Promise<void> {
    if (!(await this.operations.move(tx, operation, ['reserving'], 'held')))
      throw HttpErrors.UNAVAILABLE(null, {
        retryAfterSeconds: 1,
        cause: new SettlementConflict(operation.holdId),
      });
    this.database.afterCommit(() => this.leases.forget(operation.holdId));
  }

  /** @throws SettlementConflict when the hold's end is decided already */
  async settle(tx: SqlTx, operation: EndingOperation, outcome: SettlementOutcome): Promise<void> {
    await this.decide(tx, operation, outcome);
    if (!(await this.operations.move(tx, operation, ['reserving', 'held'], 'settled')))
      throw new SettlementConflict(operation.holdId);
  }

  /**
   * Ends an attempt that did not come to work: the row and what the wallet is to hear of it in one transaction, so
   * that nobody can take the operation over with a hold that is being released.
   * @param nothingHeld the wallet surely holds nothing, so it need not hear of it
   * @returns false when the attempt had ended, or belongs to somebody else
   */
  async giveUp(
    tenantId: string,
    operation: EndingOperation,
    guard: { readonly fence: string } | { readonly before: Date },
    nothingHeld = false,
  ): Promise<boolean> {
    this.leases.forget(operation.holdId);
    return this.database.withTenantSql(async (tx) => {
      if (!(await this.operations.giveUp(tx, operation, guard))) return false;
      if (!nothingHeld) await this.decide(tx, operation, { release: true });
      return true;
    }, tenantId);
  }

  private async decide(tx: SqlTx, operation: EndingOperation, outcome: SettlementOutcome): Promise<void> {
    const settlement = await this.store.insert(tx, operation, outcome);
    if (settlement === undefined) throw new SettlementConflict(operation.holdId);
    this.database.afterCommit(() => {
      this.leases.forget(operation.holdId);
      return this.sender.send(settlement);
    });
  }
}
