import { Injectable } from '@nestjs/common';
import { emptySql, sql } from '@eventzr/db';
import { AuthDb } from '../auth.db.js';

export interface OwnSession {
  readonly id: string;
  readonly userAgent: string | null;
  readonly clientAddress: string | null;
  readonly otpAt: Date | null;
  readonly createdAt: Date;
  readonly rotatedAt: Date;
  readonly expiresAt: Date;
}

export interface OwnSessionsFilter {
  readonly tenantId: string;
  readonly userId: string;
  readonly now: Date;
  /** Those that began before this one; undefined begins with the latest. */
  readonly before: string | undefined;
  readonly take: number;
}

/** The open sessions of one account. */
@Injectable()
export class OwnSessionsRepository {
  constructor(private readonly db: AuthDb) {}

  /** Latest first. */
  list({ tenantId, userId, now, before, take }: OwnSessionsFilter): Promise<OwnSession[]> {
    const older = before === undefined ? emptySql : sql`AND id < ${before}::uuid`;
    return this.db.withTenant(
      (tx) => tx.$queryRaw<OwnSession[]>`
        SELECT id, user_agent AS "userAgent", client_address AS "clientAddress", otp_at AS "otpAt",
               created_at AS "createdAt", rotated_at AS "rotatedAt", expires_at AS "expiresAt"
          FROM sessions
         WHERE user_id = ${userId}::uuid AND revoked_at IS NULL AND expires_at > ${now}::timestamptz ${older}
         ORDER BY id DESC LIMIT ${take}::int`,
      tenantId,
    );
  }

  /** Ends one open session of the account; false when it has none such. */
  end(tenantId: string, userId: string, id: string, now: Date): Promise<boolean> {
    return this.db.withTenant(async (tx) => {
      const count = await tx.$executeRaw`
        UPDATE sessions SET revoked_at = ${now}::timestamptz, revoked_reason = 'ended'
         WHERE id = ${id}::uuid AND user_id = ${userId}::uuid AND revoked_at IS NULL AND expires_at > ${now}::timestamptz`;
      return count === 1;
    }, tenantId);
  }
}
