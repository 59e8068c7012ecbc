import { Injectable } from '@nestjs/common';
import { hasRole, isPlatformAdmin } from '@eventzr/auth';
import { HttpErrors, type Principal } from '@eventzr/http';
import type { WalletTx } from '../wallet.db.js';
import { WalletErrors } from '../wallet.errors.js';
import { teamWalletId, userWalletId } from './wallet-ids.js';
import { WalletsRepository, type WalletIdentity, type WalletWithGrants } from './wallets.repository.js';

/** Who may see which wallet: everyone their own and the team's, administrators all of their tenant. */
@Injectable()
export class WalletAccess {
  constructor(private readonly wallets: WalletsRepository) {}

  /** @throws WalletErrors.NOT_FOUND for wallets that do not exist or are not the caller's business */
  async get(tx: WalletTx, principal: Principal, id: string): Promise<WalletWithGrants> {
    const mine = walletsOf(principal).some((wallet) => wallet.id === id);
    if (!mine && !hasRole(principal.roles, ['admin'])) throw WalletErrors.NOT_FOUND();
    const found = await this.wallets.find(tx, id);
    if (found === null) throw WalletErrors.NOT_FOUND();
    return found;
  }
}

/** The caller's own wallet and the team's. */
export function walletsOf({ tenantId, userId }: Principal): readonly WalletIdentity[] {
  return [
    { id: userWalletId(tenantId, userId), kind: 'user', ownerId: userId },
    { id: teamWalletId(tenantId), kind: 'team', ownerId: tenantId },
  ];
}

/**
 * The tenant whose wallets a platform administrator works on.
 * @throws FORBIDDEN for everybody else: a tenant's own administrator cannot mint credits
 */
export function platformTenant(principal: Principal, tenantId: string | undefined): string {
  if (!isPlatformAdmin(principal)) throw HttpErrors.FORBIDDEN();
  return (tenantId ?? principal.tenantId).toLowerCase();
}
