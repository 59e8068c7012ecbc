import { Injectable } from '@nestjs/common';
import { rawSql } from '@eventzr/db';
import { AuthDb } from '../auth.db.js';
import type { Account } from './account.js';

/** `users u` and `tenants t` as an `Account`. */
export const ACCOUNT_COLUMNS = rawSql(`
  u.tenant_id AS "tenantId", t.name AS "tenantName", t.status AS "tenantStatus", u.id, u.email,
  u.display_name AS "displayName", u.roles, u.plan_tier AS "planTier", u.status, u.mfa_policy AS "mfaPolicy",
  u.step_up_services AS "stepUpServices", u.totp_secret_sealed AS "totpSecretSealed",
  u.email_verified_at AS "emailVerifiedAt", u.created_at AS "createdAt"`);

@Injectable()
export class AccountsRepository {
  constructor(private readonly db: AuthDb) {}

  find(tenantId: string, userId: string): Promise<Account | undefined> {
    return this.db.withTenant(async (tx) => {
      const rows = await tx.$queryRaw<Account[]>`
        SELECT ${ACCOUNT_COLUMNS} FROM users u JOIN tenants t ON t.tenant_id = u.tenant_id WHERE u.id = ${userId}::uuid`;
      return rows[0];
    }, tenantId);
  }

  /** Uses up the time step of a TOTP code; false when it, or a later one, was used before. */
  consumeTotpStep({ tenantId, id }: Account, step: number): Promise<boolean> {
    return this.db.withTenant(async (tx) => {
      const count = await tx.$executeRaw`
        UPDATE users SET totp_last_step = ${step}::bigint WHERE id = ${id}::uuid AND totp_last_step < ${step}::bigint`;
      return count === 1;
    }, tenantId);
  }
}
