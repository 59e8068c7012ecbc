import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { JobPool } from '@eventzr/db';
import { AuthDb, type AuthTx } from '../auth.db.js';
import { newAccountToken, readAccountToken, type TokenFacts, type TokenPurpose } from './account-token.js';

/** How long a mailed token opens anything. */
export const TOKEN_LIFE_MS: Readonly<Record<TokenPurpose, number>> = {
  verify_email: 24 * 3_600_000,
  reset_password: 3_600_000,
};

export interface TokenOwner {
  readonly tenantId: string;
  readonly userId: string;
}

/** Tokens that were mailed: each works once, and ends all its kind of the same account with it. */
@Injectable()
export class AccountTokensRepository {
  constructor(
    private readonly db: AuthDb,
    private readonly jobs: JobPool,
    private readonly clock: Clock,
  ) {}

  /** A new token. Earlier ones live on: mails overtake each other, and any of them may be the one that is read. */
  async issue({ tenantId, userId }: TokenOwner, purpose: TokenPurpose): Promise<string> {
    const token = newAccountToken(tenantId);
    const digest = readAccountToken(token)?.digest;
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + TOKEN_LIFE_MS[purpose]);
    await this.db.withTenant(
      (tx) => tx.$executeRaw`
        INSERT INTO account_tokens (tenant_id, digest, user_id, purpose, created_at, expires_at)
        VALUES (${tenantId}::uuid, ${digest}, ${userId}::uuid, ${purpose}, ${now}::timestamptz, ${expiresAt}::timestamptz)`,
      tenantId,
    );
    return token;
  }

  /** Whose token it is, as long as it would still work. */
  find({ tenantId, digest }: TokenFacts, purpose: TokenPurpose): Promise<string | undefined> {
    return this.db.withTenant(async (tx) => {
      const rows = await tx.$queryRaw<{ userId: string }[]>`
        SELECT user_id AS "userId" FROM account_tokens
         WHERE digest = ${digest} AND purpose = ${purpose} AND expires_at > ${this.clock.now()}::timestamptz`;
      return rows[0]?.userId;
    }, tenantId);
  }

  /** Uses a token up, in the caller's transaction; undefined when it does not work, or not any more. */
  async consume(tx: AuthTx, { digest }: TokenFacts, purpose: TokenPurpose): Promise<string | undefined> {
    const rows = await tx.$queryRaw<{ userId: string }[]>`
      DELETE FROM account_tokens
       WHERE digest = ${digest} AND purpose = ${purpose} AND expires_at > ${this.clock.now()}::timestamptz
      RETURNING user_id AS "userId"`;
    const userId = rows[0]?.userId;
    if (userId !== undefined) await this.drop(tx, userId, purpose);
    return userId;
  }

  /** Ends all tokens of a kind, in the caller's transaction. */
  async drop(tx: AuthTx, userId: string, purpose: TokenPurpose): Promise<void> {
    await tx.$executeRaw`DELETE FROM account_tokens WHERE user_id = ${userId}::uuid AND purpose = ${purpose}`;
  }

  /** Forgets tokens that expired. */
  async purge(now: Date): Promise<number> {
    const due = await this.jobs.query<{ tenantId: string }>(
      'SELECT DISTINCT tenant_id AS "tenantId" FROM account_tokens WHERE expires_at <= $1',
      [now],
    );
    let removed = 0;
    for (const { tenantId } of due) {
      removed += await this.db.withTenant(
        (tx) => tx.$executeRaw`DELETE FROM account_tokens WHERE expires_at <= ${now}::timestamptz`,
        tenantId,
      );
    }
    return removed;
  }
}
