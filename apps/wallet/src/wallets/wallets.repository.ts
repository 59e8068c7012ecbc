import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { WalletTx } from '../wallet.db.js';
import type { Prisma } from '../generated/prisma/client.js';

const WITH_GRANTS = {
  grants: {
    where: { remaining: { gt: 0 } },
    orderBy: [
      { priority: 'asc' },
      { expiresAt: { sort: 'asc', nulls: 'last' } },
      { promotional: 'desc' },
      { createdAt: 'asc' },
    ],
    take: 100,
  },
} as const satisfies Prisma.WalletInclude;

export type WalletWithGrants = Prisma.WalletGetPayload<{ include: typeof WITH_GRANTS }>;

export interface WalletIdentity {
  readonly id: string;
  readonly kind: 'user' | 'team';
  readonly ownerId: string;
}

/** Wallets as rows; balances are only read here, they move by the ledger's functions. */
@Injectable()
export class WalletsRepository {
  constructor(private readonly clock: Clock) {}

  list(tx: WalletTx, ids: readonly string[]): Promise<WalletWithGrants[]> {
    return tx.wallet.findMany({
      where: { id: { in: [...ids] } },
      include: WITH_GRANTS,
      orderBy: { kind: 'desc' },
    });
  }

  find(tx: WalletTx, id: string): Promise<WalletWithGrants | null> {
    return tx.wallet.findFirst({ where: { id }, include: WITH_GRANTS });
  }

  /** Makes wallets that nobody used yet. */
  async make(tx: WalletTx, tenantId: string, wallets: readonly WalletIdentity[]): Promise<void> {
    const now = this.clock.now();
    const data = wallets.map((wallet) => ({ ...wallet, tenantId, createdAt: now, updatedAt: now }));
    await tx.wallet.createMany({ data, skipDuplicates: true });
  }

  async setFrozen(tx: WalletTx, tenantId: string, id: string, frozenReason: string | null): Promise<void> {
    const now = this.clock.now();
    await tx.wallet.update({
      where: { tenantId_id: { tenantId, id } },
      data: { frozen: frozenReason !== null, frozenReason, updatedAt: now },
    });
    await tx.balanceChange.createMany({
      data: [{ tenantId, walletId: id, since: now }],
      skipDuplicates: true,
    });
  }
}
