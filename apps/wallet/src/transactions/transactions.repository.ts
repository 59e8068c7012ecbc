import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { Prisma } from '../generated/prisma/client.js';
import type { WalletTx } from '../wallet.db.js';
import { olderThan, type Position } from './position.js';
import type { TransactionKind } from './transactions.dto.js';

export type TransferRow = Prisma.TransferGetPayload<object>;

export interface TransferFilter {
  readonly walletId: string;
  readonly kind: TransactionKind | undefined;
  readonly after: Position | undefined;
}

export interface Refund {
  readonly tenantId: string;
  readonly of: string;
  readonly transferId: string;
  readonly amount: number | undefined;
  readonly actor: string;
  readonly reason: string | undefined;
}

export interface RefundAnswer {
  readonly outcome: 'created' | 'not_found' | 'not_refundable' | 'already_refunded' | 'exceeded';
  readonly refundable?: number;
  readonly kind?: string;
}

/** The ledger's transfers, latest first. */
@Injectable()
export class TransactionsRepository {
  constructor(private readonly clock: Clock) {}

  page(tx: WalletTx, { walletId, kind, after }: TransferFilter, take: number): Promise<TransferRow[]> {
    return tx.transfer.findMany({
      where: { walletId, ...(kind === undefined ? {} : { kind }), ...olderThan(after) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take,
    });
  }

  find(tx: WalletTx, id: string): Promise<TransferRow | null> {
    return tx.transfer.findFirst({ where: { id } });
  }

  async refund(
    tx: WalletTx,
    { tenantId, of, transferId, amount, actor, reason }: Refund,
  ): Promise<RefundAnswer> {
    const rows = await tx.$queryRaw<{ answer: RefundAnswer }[]>`
      SELECT wallet.refund(${tenantId}::uuid, ${this.clock.now()}::timestamptz, ${of}::uuid, ${transferId}::uuid,
             ${amount ?? null}::bigint, ${actor}, ${reason ?? null}::text) AS answer`;
    return rows[0]?.answer ?? { outcome: 'not_found' };
  }
}
