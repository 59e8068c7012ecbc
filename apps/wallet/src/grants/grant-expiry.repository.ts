import { Injectable } from '@nestjs/common';
import { JobPool } from '@eventzr/db';
import { WalletDb } from '../wallet.db.js';

export interface DueWallet {
  readonly tenant_id: string;
  readonly id: string;
  readonly due: string;
}

/** Wallets whose grants have run out. */
@Injectable()
export class GrantExpiryRepository {
  constructor(
    private readonly jobs: JobPool,
    private readonly db: WalletDb,
  ) {}

  /** One page, in the order of their due time; credits that open holds spare stay due, so pages go on by position. */
  list(now: Date, after: DueWallet | undefined, limit: number): Promise<DueWallet[]> {
    return this.jobs.query<DueWallet & Record<string, unknown>>(
      `SELECT tenant_id, id, next_grant_expiry_at::text AS due FROM wallets
        WHERE next_grant_expiry_at <= $1 AND ($2::timestamptz IS NULL OR (next_grant_expiry_at, id) > ($2::timestamptz, $3::uuid))
        ORDER BY next_grant_expiry_at, id LIMIT $4`,
      [now, after?.due ?? null, after?.id ?? null, limit],
    );
  }

  /** The credits that were lost; 0 when open holds spare them all or another run has the wallet. */
  async expire(tenantId: string, walletId: string, now: Date): Promise<number> {
    const { rows } = await this.db.pool.query<{ lost: string }>('SELECT expire_grants($1, $2, $3) AS lost', [
      tenantId,
      now,
      walletId,
    ]);
    return Number(rows[0]?.lost ?? 0);
  }
}
