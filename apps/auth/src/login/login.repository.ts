import { Injectable } from '@nestjs/common';
import { AuthDb, type AuthTx } from '../auth.db.js';

/** Which account an e-mail address means, and its password hash. */
export interface LoginRow {
  readonly tenantId: string;
  readonly userId: string;
  readonly passwordHash: string | null;
  readonly passwordChangedAt: Date | null;
  /** A session of the account was opened from the caller's address lately. */
  readonly knownAddress: boolean;
}

const FIND = `
  SELECT tenant_id AS "tenantId", user_id AS "userId", password_hash AS "passwordHash",
         password_changed_at AS "passwordChangedAt", known_address AS "knownAddress"
    FROM find_login($1, $2)`;

@Injectable()
export class LoginRepository {
  constructor(private readonly db: AuthDb) {}

  /** The only look across tenants: through a function of the database that answers this one question. */
  async findByEmail(email: string, address: string): Promise<LoginRow | undefined> {
    return (await this.db.pool.query<LoginRow>(FIND, [email, address])).rows[0];
  }

  /** Where sessions of the account were opened lately. */
  async knownAddresses(tx: AuthTx, userId: string): Promise<string[]> {
    const rows = await tx.$queryRaw<{ address: string }[]>`
      SELECT DISTINCT client_address AS address FROM sessions
       WHERE user_id = ${userId}::uuid AND client_address IS NOT NULL`;
    return rows.map(({ address }) => address);
  }

  /** Replaces a hash by one of today's cost; nothing changes when the password has changed meanwhile. */
  async upgradeHash({ tenantId, userId, passwordHash }: LoginRow, upgraded: string): Promise<void> {
    await this.db.withTenant(
      (tx) => tx.$executeRaw`
        UPDATE users SET password_hash = ${upgraded} WHERE id = ${userId}::uuid AND password_hash = ${passwordHash}`,
      tenantId,
    );
  }
}
