import { Injectable } from '@nestjs/common';
import { JobPool } from '@eventzr/db';
import type { WalletTx } from '../wallet.db.js';

export interface ChangedWallet {
  readonly tenant_id: string;
  readonly wallet_id: string;
  readonly since: string;
}

export interface Balance {
  readonly kind: string;
  readonly ownerId: string;
  readonly available: bigint;
  readonly held: bigint;
  readonly fullCredits: bigint;
  /** Fewer than these is low. */
  readonly thresholdCredits: bigint;
  readonly lowTold: boolean;
  readonly frozen: boolean;
}

/** Wallets whose balance moved since their last event. */
@Injectable()
export class BalancesRepository {
  constructor(private readonly jobs: JobPool) {}

  /** One page of those that moved by `until`, in the order in which they did. */
  list(until: Date, after: ChangedWallet | undefined, limit: number): Promise<ChangedWallet[]> {
    return this.jobs.query<ChangedWallet & Record<string, unknown>>(
      `SELECT tenant_id, wallet_id, since::text AS since FROM balance_changes
        WHERE since <= $1 AND ($2::timestamptz IS NULL OR (since, wallet_id) > ($2::timestamptz, $3::uuid))
        ORDER BY since, wallet_id LIMIT $4`,
      [until, after?.since ?? null, after?.wallet_id ?? null, limit],
    );
  }

  /** The balance now, its change taken off the list; undefined when another run was faster. */
  async take(tx: WalletTx, walletId: string): Promise<Balance | undefined> {
    const rows = await tx.$queryRaw<Balance[]>`
      SELECT kind, owner_id AS "ownerId", available, held, full_credits AS "fullCredits",
             wallet.low_threshold(full_credits) AS "thresholdCredits", low_told AS "lowTold", frozen
        FROM wallets WHERE id = ${walletId}::uuid FOR NO KEY UPDATE`;
    const { count } = await tx.balanceChange.deleteMany({ where: { walletId } });
    return count === 0 ? undefined : rows[0];
  }

  async setLowTold(tx: WalletTx, tenantId: string, id: string, lowTold: boolean): Promise<void> {
    await tx.wallet.update({ where: { tenantId_id: { tenantId, id } }, data: { lowTold } });
  }
}
