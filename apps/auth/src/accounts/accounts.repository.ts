import { Injectable } from '@nestjs/common';
import { rawSql } from '@eventzr/db';
import { AuthDb, type AuthTx } from '../auth.db.js';
import type { Account } from './account.js';

/** `users u` and `tenants t` as an `Account`. */
export const ACCOUNT_COLUMNS = rawSql(`
  u.tenant_id AS "tenantId", t.name AS "tenantName", t.status AS "tenantStatus", u.id, u.email,
  u.display_name AS "displayName", u.roles, u.plan_tier AS "planTier", u.status, u.mfa_policy AS "mfaPolicy",
  u.step_up_services AS "stepUpServices", u.totp_secret_sealed AS "totpSecretSealed",
  u.email_verified_at AS "emailVerifiedAt", u.password_changed_at AS "passwordChangedAt", u.created_at AS "createdAt"`);

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

  /** The account that an address means, on the whole platform. */
  async findByEmail(email: string): Promise<Account | undefined> {
    const text = `SELECT tenant_id AS "tenantId", user_id AS "userId" FROM find_login($1, '')`;
    const { rows } = await this.db.pool.query<{ tenantId: string; userId: string }>(text, [email]);
    return rows[0] === undefined ? undefined : this.find(rows[0].tenantId, rows[0].userId);
  }

  /** Notes that the mailbox was proved, in the caller's transaction; false when it had been before. */
  async markVerified(tx: AuthTx, userId: string, now: Date): Promise<boolean> {
    const count = await tx.$executeRaw`
      UPDATE users SET email_verified_at = ${now}::timestamptz, updated_at = ${now}::timestamptz
       WHERE id = ${userId}::uuid AND email_verified_at IS NULL`;
    return count === 1;
  }

  /** Gives the account another name, in the caller's transaction; false when it has that name, or is gone. */
  async rename(tx: AuthTx, userId: string, displayName: string, now: Date): Promise<boolean> {
    const count = await tx.$executeRaw`
      UPDATE users SET display_name = ${displayName}, updated_at = ${now}::timestamptz
       WHERE id = ${userId}::uuid AND display_name <> ${displayName}`;
    return count === 1;
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
