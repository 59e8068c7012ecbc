import { Injectable } from '@nestjs/common';
import type { Account } from '../accounts/account.js';
import { AuthDb } from '../auth.db.js';
import { SecretBox } from '../secrets/secret-box.js';

/** One-time codes by their digests: who reads the table cannot use them. */
@Injectable()
export class RecoveryCodesRepository {
  constructor(
    private readonly db: AuthDb,
    private readonly box: SecretBox,
  ) {}

  /** Replaces all codes of the account. */
  replace({ tenantId, id }: Account, codes: readonly string[], now: Date): Promise<void> {
    const digests = codes.map((code) => this.digestOf(id, code));
    return this.db.withTenant(async (tx) => {
      // Two of these at once take turns, or both would leave their codes.
      await tx.$executeRaw`SELECT FROM users WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
      await tx.$executeRaw`DELETE FROM recovery_codes WHERE user_id = ${id}::uuid`;
      await tx.$executeRaw`
        INSERT INTO recovery_codes (tenant_id, user_id, digest, created_at)
        SELECT ${tenantId}::uuid, ${id}::uuid, decode(code.digest, 'hex'), ${now}::timestamptz FROM unnest(${digests}::text[]) AS code (digest)`;
    }, tenantId);
  }

  /** Uses a code up; false when the account has none such, or none any more. */
  use({ tenantId, id }: Account, code: string): Promise<boolean> {
    const digest = this.digestOf(id, code);
    return this.db.withTenant(async (tx) => {
      const count = await tx.$executeRaw`
        DELETE FROM recovery_codes WHERE user_id = ${id}::uuid AND digest = decode(${digest}, 'hex')`;
      return count === 1;
    }, tenantId);
  }

  private digestOf(userId: string, code: string): string {
    return this.box.digest(code, `recovery:${userId}`).toString('hex');
  }
}
