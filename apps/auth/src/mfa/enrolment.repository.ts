import { Injectable } from '@nestjs/common';
import type { Account } from '../accounts/account.js';
import { AuthDb } from '../auth.db.js';

export interface PendingSecret {
  readonly sealed: string | null;
  readonly startedAt: Date | null;
}

/** The authenticator secrets of accounts: begun, confirmed, removed. */
@Injectable()
export class EnrolmentRepository {
  constructor(private readonly db: AuthDb) {}

  /** Remembers a secret that a code must still confirm; it replaces an earlier one. */
  async begin({ tenantId, id }: Account, sealed: string, now: Date): Promise<void> {
    await this.db.withTenant(
      (tx) => tx.$executeRaw`
        UPDATE users SET totp_pending_sealed = ${sealed}, totp_pending_at = ${now}::timestamptz WHERE id = ${id}::uuid`,
      tenantId,
    );
  }

  findPending({ tenantId, id }: Account): Promise<PendingSecret | undefined> {
    return this.db.withTenant(async (tx) => {
      const rows = await tx.$queryRaw<PendingSecret[]>`
        SELECT totp_pending_sealed AS sealed, totp_pending_at AS "startedAt" FROM users WHERE id = ${id}::uuid`;
      return rows[0];
    }, tenantId);
  }

  /** Makes the pending secret the account's; the step of the code that confirmed it is used up. False: it is not pending any more. */
  confirm({ tenantId, id }: Account, sealed: string, step: number, now: Date): Promise<boolean> {
    return this.db.withTenant(async (tx) => {
      const count = await tx.$executeRaw`
        UPDATE users SET totp_secret_sealed = totp_pending_sealed, totp_pending_sealed = NULL, totp_pending_at = NULL,
               totp_last_step = ${step}::bigint, updated_at = ${now}::timestamptz
         WHERE id = ${id}::uuid AND totp_pending_sealed = ${sealed}`;
      return count === 1;
    }, tenantId);
  }

  /** Removes the second factor and its recovery codes; false when there is none, or none that may go. */
  remove({ tenantId, id }: Account, now: Date): Promise<boolean> {
    return this.db.withTenant(async (tx) => {
      const count = await tx.$executeRaw`
        UPDATE users SET totp_secret_sealed = NULL, totp_pending_sealed = NULL, totp_pending_at = NULL, updated_at = ${now}::timestamptz
         WHERE id = ${id}::uuid AND totp_secret_sealed IS NOT NULL AND mfa_policy = 'off'`;
      await tx.$executeRaw`DELETE FROM recovery_codes WHERE user_id = ${id}::uuid AND ${count}::int = 1`;
      return count === 1;
    }, tenantId);
  }
}
