import { Injectable } from '@nestjs/common';
import { AuthDb, type AuthTx } from '../auth.db.js';

export interface PasswordRow {
  readonly email: string;
  readonly passwordHash: string | null;
  readonly suspended: boolean;
}

export interface PasswordSwap {
  readonly userId: string;
  /** The hash that must still stand; undefined takes any. */
  readonly from?: string | null;
  readonly to: string;
  readonly now: Date;
}

@Injectable()
export class PasswordsRepository {
  constructor(private readonly db: AuthDb) {}

  find(tenantId: string, userId: string): Promise<PasswordRow | undefined> {
    return this.db.withTenant(async (tx) => {
      const rows = await tx.$queryRaw<PasswordRow[]>`
        SELECT u.email, u.password_hash AS "passwordHash", u.status <> 'active' OR t.status <> 'active' AS suspended
          FROM users u JOIN tenants t ON t.tenant_id = u.tenant_id WHERE u.id = ${userId}::uuid`;
      return rows[0];
    }, tenantId);
  }

  /** Sets a password, in the caller's transaction; false when the old one is no longer `from`, or nobody is there. */
  async swap(tx: AuthTx, { userId, from, to, now }: PasswordSwap): Promise<boolean> {
    const anyHash = from === undefined;
    const count = await tx.$executeRaw`
      UPDATE users SET password_hash = ${to}, password_changed_at = ${now}::timestamptz, updated_at = ${now}::timestamptz
       WHERE id = ${userId}::uuid AND (${anyHash}::boolean OR password_hash IS NOT DISTINCT FROM ${from ?? null})`;
    return count === 1;
  }
}
