import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { decodeCursor, paged, reply, type Paged, type Principal } from '@eventzr/http';
import { Operations, type Finished } from '@eventzr/idempotency';
import { WalletDb, type WalletTx } from '../wallet.db.js';
import { WalletErrors } from '../wallet.errors.js';
import { platformTenant, WalletAccess } from '../wallets/wallet-access.js';
import { pageOf, Position } from './position.js';
import { csvLine, CSV_HEADER, transactionView } from './transaction-view.js';
import type { RefundBody, TransactionsQuery, TransactionView } from './transactions.dto.js';
import { TransactionsRepository, type RefundAnswer, type TransferRow } from './transactions.repository.js';

const EXPORT_PAGE = 500;

/** What moved in a wallet, and giving a charge back. */
@Injectable()
export class TransactionsService {
  constructor(
    private readonly db: WalletDb,
    private readonly access: WalletAccess,
    private readonly transactions: TransactionsRepository,
    private readonly operations: Operations<WalletTx>,
  ) {}

  async list(
    principal: Principal,
    walletId: string,
    query: TransactionsQuery,
  ): Promise<Paged<TransactionView>> {
    const { limit, kind } = query;
    const after = decodeCursor(query.cursor, Position);
    const rows = await this.db.withTenant(async (tx) => {
      await this.access.get(tx, principal, walletId);
      return this.transactions.page(tx, { walletId, kind, after }, limit + 1);
    });
    const { items, nextCursor } = pageOf(rows, limit);
    return paged(items.map(transactionView), { nextCursor, limit });
  }

  /** Everything that matches, page by page, so that a long history needs neither memory nor a long transaction. */
  async export(principal: Principal, walletId: string, { kind }: TransactionsQuery): Promise<Readable> {
    const { tenantId } = principal;
    await this.db.withTenant((tx) => this.access.get(tx, principal, walletId));
    const page = (after: Position | undefined): Promise<TransferRow[]> =>
      this.db.withTenant(
        (tx) => this.transactions.page(tx, { walletId, kind, after }, EXPORT_PAGE),
        tenantId,
      );
    return Readable.from(exportLines(page));
  }

  async refund(principal: Principal, id: string, body: RefundBody): Promise<Finished> {
    const tenantId = platformTenant(principal, body.tenantId);
    const transferId = this.operations.current().operationId;
    const refund = {
      tenantId,
      of: id,
      transferId,
      amount: body.amount,
      actor: `user:${principal.userId}`,
      reason: body.reason,
    };
    const work = async (tx: WalletTx): Promise<TransactionView> => {
      const known = await this.transactions.find(tx, transferId);
      if (known !== null) return transactionView(known);
      refuse(await this.transactions.refund(tx, refund));
      const made = await this.transactions.find(tx, transferId);
      if (made === null) throw new Error(`Refund ${transferId} was not written`);
      return transactionView(made);
    };
    return this.operations.finish(() =>
      this.db.asTenant(tenantId, async (tx) => reply(await work(tx), { status: 201 })),
    );
  }
}

async function* exportLines(
  page: (after: Position | undefined) => Promise<TransferRow[]>,
): AsyncGenerator<string> {
  yield CSV_HEADER;
  let after: Position | undefined;
  for (;;) {
    const rows = await page(after);
    if (rows.length > 0) yield rows.map((row) => csvLine(transactionView(row))).join('');
    const last = rows.at(-1);
    if (rows.length < EXPORT_PAGE || last === undefined) return;
    after = { createdAt: last.createdAt.toISOString(), id: last.id };
  }
}

function refuse({ outcome, refundable, kind }: RefundAnswer): void {
  switch (outcome) {
    case 'not_found':
      throw WalletErrors.TRANSACTION_NOT_FOUND();
    case 'not_refundable':
      throw WalletErrors.TRANSACTION_NOT_REFUNDABLE({ kind });
    case 'already_refunded':
      throw WalletErrors.TRANSACTION_ALREADY_REFUNDED();
    case 'exceeded':
      throw WalletErrors.REFUND_AMOUNT_EXCEEDED({ refundable });
    case 'created':
      return;
  }
}
