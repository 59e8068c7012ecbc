import { Injectable } from '@nestjs/common';
import { rawSql } from '@eventzr/db';
import type { SigningAlgorithm } from '@eventzr/auth';
import { ACCOUNT_COLUMNS } from '../accounts/accounts.repository.js';
import { VERIFY_WITHIN_MS, type Account } from '../accounts/account.js';
import { AuthDb, type AuthTx } from '../auth.db.js';

export interface SessionRow {
  readonly sessionId: string;
  readonly refreshJti: string;
  readonly parentJti: string | null;
  readonly rotatedAt: Date;
  readonly otpAt: Date | null;
  readonly openedAt: Date;
  readonly accessAlg: SigningAlgorithm;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly revokedReason: string | null;
}

/** A session with the account that it belongs to. */
export type SessionOfAccount = SessionRow & Account;

export interface NewSession {
  readonly id: string;
  readonly refreshJti: string;
  readonly otpAt: Date | null;
  readonly accessAlg: SigningAlgorithm;
  readonly userAgent: string | null;
  readonly clientAddress: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** What became of a session that was to be opened; `until`: when the first of too many ends. */
export type Insertion =
  { readonly outcome: 'opened' | 'password_changed' } | { readonly outcome: 'full'; readonly until: Date };

export interface Rotation {
  readonly tenantId: string;
  readonly sessionId: string;
  readonly presentedJti: string;
  readonly childJti: string;
  readonly now: Date;
  readonly expiresAt: Date;
}

const COLUMNS = rawSql(`
  s.id AS "sessionId", s.refresh_jti AS "refreshJti", s.parent_jti AS "parentJti", s.rotated_at AS "rotatedAt",
  s.otp_at AS "otpAt", s.created_at AS "openedAt", s.access_alg AS "accessAlg", s.expires_at AS "expiresAt", s.revoked_at AS "revokedAt",
  s.revoked_reason AS "revokedReason"`);

/** `sessions s` that nobody ended. */
const OPEN = 's.revoked_at IS NULL';

@Injectable()
export class SessionsRepository {
  constructor(private readonly db: AuthDb) {}

  /**
   * Opens a session. Log-ins and password changes of one account take turns: never more than `most` are open, and none
   * is opened with a password that has changed since the account was read.
   */
  insert(account: Account, session: NewSession, most: number): Promise<Insertion> {
    const { tenantId, id: userId, passwordChangedAt } = account;
    return this.db.withTenant(async (tx) => {
      const unchanged = await tx.$executeRaw`
        SELECT FROM users WHERE id = ${userId}::uuid AND password_changed_at IS NOT DISTINCT FROM ${passwordChangedAt}::timestamptz
           FOR NO KEY UPDATE`;
      if (unchanged === 0) return { outcome: 'password_changed' };
      const open = rawSql(OPEN);
      const count = await tx.$executeRaw`
        INSERT INTO sessions (tenant_id, id, user_id, refresh_jti, rotated_at, otp_at, access_alg, user_agent, client_address, created_at, expires_at)
        SELECT ${tenantId}::uuid, ${session.id}::uuid, ${userId}::uuid, ${session.refreshJti}, ${session.createdAt}::timestamptz,
               ${session.otpAt}::timestamptz, ${session.accessAlg}, ${session.userAgent}, ${session.clientAddress},
               ${session.createdAt}::timestamptz, ${session.expiresAt}::timestamptz
         WHERE (SELECT count(*) FROM sessions s WHERE s.user_id = ${userId}::uuid AND ${open} AND s.expires_at > ${session.createdAt}::timestamptz) < ${most}::int`;
      if (count === 1) return { outcome: 'opened' };
      const rows = await tx.$queryRaw<{ expiresAt: Date | null }[]>`
        SELECT min(s.expires_at) AS "expiresAt" FROM sessions s
         WHERE s.user_id = ${userId}::uuid AND ${open} AND s.expires_at > ${session.createdAt}::timestamptz`;
      return { outcome: 'full', until: rows[0]?.expiresAt ?? session.expiresAt };
    }, tenantId);
  }

  /** Replaces the live refresh token by its child, in one statement; undefined when it was not the live one. */
  rotate({
    tenantId,
    sessionId,
    presentedJti,
    childJti,
    now,
    expiresAt,
  }: Rotation): Promise<SessionOfAccount | undefined> {
    return this.db.withTenant(async (tx) => {
      const rows = await tx.$queryRaw<SessionOfAccount[]>`
        UPDATE sessions s
           SET parent_jti = s.refresh_jti, refresh_jti = ${childJti}, rotated_at = ${now}::timestamptz,
               expires_at = least(${expiresAt}::timestamptz, s.created_at + interval '60 days')
          FROM users u JOIN tenants t ON t.tenant_id = u.tenant_id
         WHERE s.id = ${sessionId}::uuid AND s.refresh_jti = ${presentedJti}
           AND s.revoked_at IS NULL AND s.expires_at > ${now}::timestamptz
           AND u.id = s.user_id AND u.status = 'active' AND t.status = 'active'
           AND (u.email_verified_at IS NOT NULL OR u.created_at > ${unverifiedSince(now)}::timestamptz)
        RETURNING ${COLUMNS}, ${ACCOUNT_COLUMNS}`;
      return rows[0];
    }, tenantId);
  }

  find(tenantId: string, sessionId: string): Promise<SessionOfAccount | undefined> {
    return this.db.withTenant(async (tx) => {
      const rows = await tx.$queryRaw<SessionOfAccount[]>`
        SELECT ${COLUMNS}, ${ACCOUNT_COLUMNS}
          FROM sessions s JOIN users u ON u.id = s.user_id JOIN tenants t ON t.tenant_id = u.tenant_id
         WHERE s.id = ${sessionId}::uuid`;
      return rows[0];
    }, tenantId);
  }

  /** Notes that a second factor was shown in this session. */
  async markOtp(tenantId: string, sessionId: string, now: Date): Promise<void> {
    await this.db.withTenant(
      (tx) => tx.$executeRaw`UPDATE sessions SET otp_at = ${now}::timestamptz WHERE id = ${sessionId}::uuid`,
      tenantId,
    );
  }

  /** Ends a session; false when it had ended before. */
  revoke(tenantId: string, sessionId: string, reason: string, now: Date): Promise<boolean> {
    return this.db.withTenant(async (tx) => {
      const count = await tx.$executeRaw`
        UPDATE sessions SET revoked_at = ${now}::timestamptz, revoked_reason = ${reason}
         WHERE id = ${sessionId}::uuid AND revoked_at IS NULL`;
      return count === 1;
    }, tenantId);
  }

  /** Ends all sessions of an account but one, in the caller's transaction; answers which. */
  async revokeAll(
    tx: AuthTx,
    userId: string,
    reason: string,
    end: { now: Date; except?: string },
  ): Promise<string[]> {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      UPDATE sessions SET revoked_at = ${end.now}::timestamptz, revoked_reason = ${reason}
       WHERE user_id = ${userId}::uuid AND revoked_at IS NULL AND expires_at > ${end.now}::timestamptz
         AND id IS DISTINCT FROM ${end.except ?? null}::uuid
      RETURNING id`;
    return rows.map(({ id }) => id);
  }

  /** Removes sessions of one tenant that ended, by time or by hand, before `endedBefore`. */
  purge(tenantId: string, ids: readonly string[], endedBefore: Date): Promise<number> {
    return this.db.withTenant(
      (tx) => tx.$executeRaw`
        DELETE FROM sessions WHERE id = ANY(${ids}::uuid[])
           AND (expires_at < ${endedBefore}::timestamptz OR revoked_at < ${endedBefore}::timestamptz)`,
      tenantId,
    );
  }
}

function unverifiedSince(now: Date): Date {
  return new Date(now.getTime() - VERIFY_WITHIN_MS);
}
