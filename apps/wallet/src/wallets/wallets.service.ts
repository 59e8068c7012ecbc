import { Injectable } from '@nestjs/common';
import { newId } from '@eventzr/config';
import { currentContext, reply, type Principal } from '@eventzr/http';
import { Operations, type Finished } from '@eventzr/idempotency';
import { GrantsRepository } from '../grants/grants.repository.js';
import { WalletDb, type WalletTx } from '../wallet.db.js';
import { WalletErrors } from '../wallet.errors.js';
import { platformTenant, WalletAccess, walletsOf } from './wallet-access.js';
import { transferIdOf } from './wallet-ids.js';
import { walletView } from './wallet-view.js';
import type { FreezeBody, TopUpBody, UnfreezeBody, WalletView } from './wallets.dto.js';
import { WalletsRepository } from './wallets.repository.js';

/** What people and platform administrators do with wallets. */
@Injectable()
export class WalletsService {
  constructor(
    private readonly db: WalletDb,
    private readonly wallets: WalletsRepository,
    private readonly access: WalletAccess,
    private readonly grants: GrantsRepository,
    private readonly operations: Operations<WalletTx>,
  ) {}

  listMine(principal: Principal): Promise<WalletView[]> {
    const mine = walletsOf(principal);
    const ids = mine.map(({ id }) => id);
    return this.db.withTenant(async (tx) => {
      let found = await this.wallets.list(tx, ids);
      if (found.length < mine.length) {
        await this.wallets.make(tx, principal.tenantId, mine);
        found = await this.wallets.list(tx, ids);
      }
      return found.map(walletView);
    });
  }

  get(principal: Principal, id: string): Promise<WalletView> {
    return this.db.withTenant(async (tx) => walletView(await this.access.get(tx, principal, id)));
  }

  /** The credits arrive in the wallet's own tenant; their transfer id comes from the key, so a repetition adds nothing. */
  async topUp(principal: Principal, id: string, body: TopUpBody): Promise<Finished> {
    const tenantId = platformTenant(principal, body.tenantId);
    const view = await this.changeWallet(tenantId, id, (tx, { kind, ownerId }) =>
      this.grants.issue(tx, {
        tenantId,
        wallet: { id, kind: kind === 'team' ? 'team' : 'user', ownerId },
        transferId: requestId(tenantId, principal, `top-up:${id}`),
        kind: 'top_up',
        amount: body.amount,
        source: 'top_up',
        priority: body.priority,
        promotional: body.promotional,
        expiresAt: body.expiresAt === undefined ? undefined : new Date(body.expiresAt),
        actor: `user:${principal.userId}`,
        description: body.reason,
      }),
    );
    return this.operations.finish(() =>
      Promise.resolve(reply(view, { status: 201, location: `/wallet/v1/wallets/${id}` })),
    );
  }

  async freeze(principal: Principal, id: string, body: FreezeBody): Promise<Finished> {
    return this.setFrozen(principal, id, body.tenantId, body.reason ?? 'frozen by the platform');
  }

  async unfreeze(principal: Principal, id: string, body: UnfreezeBody): Promise<Finished> {
    return this.setFrozen(principal, id, body.tenantId, null);
  }

  private async setFrozen(
    principal: Principal,
    id: string,
    tenant: string | undefined,
    reason: string | null,
  ) {
    const tenantId = platformTenant(principal, tenant);
    const view = await this.changeWallet(tenantId, id, (tx) =>
      this.wallets.setFrozen(tx, tenantId, id, reason),
    );
    return this.operations.finish(() => Promise.resolve(view));
  }

  private changeWallet(
    tenantId: string,
    id: string,
    change: (tx: WalletTx, wallet: { kind: string; ownerId: string }) => Promise<void>,
  ): Promise<WalletView> {
    return this.db.withTenant(async (tx) => {
      const wallet = await this.wallets.find(tx, id);
      if (wallet === null) throw WalletErrors.NOT_FOUND();
      await change(tx, wallet);
      return walletView((await this.wallets.find(tx, id)) ?? wallet);
    }, tenantId);
  }
}

/** The same for every repetition under one Idempotency-Key, else fresh. */
export function requestId(tenantId: string, { userId }: Principal, what: string): string {
  const key = currentContext()?.headers['idempotency-key'];
  return typeof key === 'string'
    ? transferIdOf(tenantId, `${what}:${userId}:${key.replace(/^"|"$/g, '')}`)
    : newId();
}
