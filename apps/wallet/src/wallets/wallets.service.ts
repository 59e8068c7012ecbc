import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { HttpErrors, reply, type Principal, type Reply } from '@eventzr/http';
import { Operations, type Finished } from '@eventzr/idempotency';
import { GrantsRepository } from '../grants/grants.repository.js';
import { WalletDb, type WalletTx } from '../wallet.db.js';
import { WalletErrors } from '../wallet.errors.js';
import { platformTenant, WalletAccess, walletsOf } from './wallet-access.js';
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
    private readonly clock: Clock,
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

  /**
   * The credits arrive in the wallet's own tenant. Their transfer has the operation's id, so an attempt that takes
   * over adds nothing, while a key that is used again after its answer is forgotten does.
   * @throws VALIDATION_FAILED for credits that would be lost as they arrive
   */
  async topUp(principal: Principal, id: string, body: TopUpBody): Promise<Finished> {
    const tenantId = platformTenant(principal, body.tenantId);
    const expiresAt = body.expiresAt === undefined ? undefined : this.future('expiresAt', body.expiresAt);
    const transferId = this.operations.current().operationId;
    const change = (tx: WalletTx, { kind, ownerId }: { kind: string; ownerId: string }) =>
      this.grants.issue(tx, {
        tenantId,
        wallet: { id, kind: kind === 'team' ? 'team' : 'user', ownerId },
        transferId,
        kind: 'top_up',
        amount: body.amount,
        source: 'top_up',
        priority: body.priority,
        promotional: body.promotional,
        expiresAt,
        actor: `user:${principal.userId}`,
        description: body.reason,
      });
    const location = `/wallet/v1/wallets/${id}`;
    return this.finish(tenantId, async (tx) =>
      reply(await this.changeWallet(tx, id, change), { status: 201, location }),
    );
  }

  async freeze(principal: Principal, id: string, body: FreezeBody): Promise<Finished> {
    return this.setFrozen(principal, id, body.tenantId, body.reason ?? 'frozen by the platform');
  }

  async unfreeze(principal: Principal, id: string, body: UnfreezeBody): Promise<Finished> {
    return this.setFrozen(principal, id, body.tenantId, null);
  }

  private future(field: string, instant: string): Date {
    const date = new Date(instant);
    if (date > this.clock.now()) return date;
    throw HttpErrors.VALIDATION_FAILED([{ field, rule: 'inFuture', message: `${field} must lie ahead` }]);
  }

  private async setFrozen(
    principal: Principal,
    id: string,
    tenant: string | undefined,
    reason: string | null,
  ) {
    const tenantId = platformTenant(principal, tenant);
    return this.finish(tenantId, (tx) =>
      this.changeWallet(tx, id, () => this.wallets.setFrozen(tx, tenantId, id, reason)),
    );
  }

  // The move and the stored answer commit together, whosever the wallet is: were they two transactions, an answer that
  // cannot be stored would free the key of credits that have arrived.
  private finish<T>(tenantId: string, work: (tx: WalletTx) => Promise<T | Reply<T>>): Promise<Finished<T>> {
    return this.operations.finish(() => this.db.asTenant(tenantId, work));
  }

  private async changeWallet(
    tx: WalletTx,
    id: string,
    change: (tx: WalletTx, wallet: { kind: string; ownerId: string }) => Promise<void>,
  ): Promise<WalletView> {
    const wallet = await this.wallets.find(tx, id);
    if (wallet === null) throw WalletErrors.NOT_FOUND();
    await change(tx, wallet);
    return walletView((await this.wallets.find(tx, id)) ?? wallet);
  }
}
