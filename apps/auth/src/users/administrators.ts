import { Injectable } from '@nestjs/common';
import { HttpErrors, type Principal } from '@eventzr/http';
import type { AuthTx } from '../auth.db.js';
import { AuthErrors } from '../auth.errors.js';

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

  /** @throws LAST_ADMIN when the change would leave the tenant without an active administrator */
  async assertOneLeft(tx: AuthTx): Promise<void> {
    const left = await tx.user.count({ where: { status: 'active', roles: { has: 'admin' } } });
    if (left === 0) throw AuthErrors.LAST_ADMIN();
  }
}
