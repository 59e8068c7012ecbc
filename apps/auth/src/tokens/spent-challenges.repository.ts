import { Injectable } from '@nestjs/common';
import { AuthDb } from '../auth.db.js';
import { ExpiredRows } from '../expiry/expired-rows.repository.js';
import type { ChallengeClaims } from './token-reader.js';

/** Log-in challenges that opened their session: none opens a second one. */
@Injectable()
export class SpentChallenges {
  constructor(
    private readonly db: AuthDb,
    private readonly expired: ExpiredRows,
  ) {}

  /** Uses a challenge up; false when it was used before. */
  spend({ tenantId, id, expiresAt }: ChallengeClaims): Promise<boolean> {
    return this.db.withTenant(async (tx) => {
      const count = await tx.$executeRaw`
        INSERT INTO spent_challenges (tenant_id, id, expires_at)
        VALUES (${tenantId}::uuid, ${id}::uuid, ${expiresAt}::timestamptz) ON CONFLICT DO NOTHING`;
      return count === 1;
    }, tenantId);
  }

  purge(now: Date): Promise<number> {
    return this.expired.remove('spent_challenges', now);
  }
}
