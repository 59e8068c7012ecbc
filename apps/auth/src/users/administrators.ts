import { Injectable } from '@nestjs/common';
import { HttpErrors, type Principal } from '@eventzr/http';
import type { AuthTx } from '../auth.db.js';
import { AuthErrors } from '../auth.errors.js';

const NOT_PROVED = 'Confirm your own e-mail address before you let others in.';

/** Who administers a tenant, as its rows say at this moment: a token may be an hour old. */
@Injectable()
export class Administrators {
  /**
   * Takes the turn for a change of the caller's tenant; changes of accounts take turns, so that two administrators
   * cannot remove each other.
   * @throws FORBIDDEN when the caller is no active administrator any more
   */
  async begin(tx: AuthTx, principal: Principal): Promise<void> {
    await tx.$executeRaw`SELECT FROM tenants WHERE tenant_id = ${principal.tenantId}::uuid FOR NO KEY UPDATE`;
    await this.assertActive(tx, principal);
  }

  /** @throws FORBIDDEN when the caller is no active administrator any more */
  async assertActive(tx: AuthTx, { userId }: Principal): Promise<void> {
    const active = await tx.user.count({
      where: { id: userId, status: 'active', roles: { has: 'admin' } },
    });
    if (active === 0) throw HttpErrors.FORBIDDEN();
  }

  /**
   * Whoever signs up with a stranger's address administers a tenant: nobody else enters it before the mailbox is proved,
   * or its owner, who takes the account back by a reset, would find others in there.
   * @throws ACCOUNT_NOT_VERIFIED
   */
  async assertProved(tx: AuthTx, { userId }: Principal): Promise<void> {
    const proved = await tx.user.count({ where: { id: userId, emailVerifiedAt: { not: null } } });
    if (proved === 0) throw AuthErrors.ACCOUNT_NOT_VERIFIED(null, { message: NOT_PROVED });
  }

  /** @throws LAST_ADMIN when the change would leave the tenant without an active administrator */
  async assertOneLeft(tx: AuthTx): Promise<void> {
    const left = await tx.user.count({ where: { status: 'active', roles: { has: 'admin' } } });
    if (left === 0) throw AuthErrors.LAST_ADMIN();
  }
}
