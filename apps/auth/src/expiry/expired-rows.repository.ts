import { Injectable } from '@nestjs/common';
import { JobPool, rawSql } from '@eventzr/db';
import { AuthDb } from '../auth.db.js';

/** Tables whose rows end by themselves at `expires_at`. */
export type ExpiringTable = 'revocations' | 'spent_challenges';

/** Removes rows whose time is over, tenant by tenant. */
@Injectable()
export class ExpiredRows {
  constructor(
    private readonly db: AuthDb,
    private readonly jobs: JobPool,
  ) {}

  async remove(table: ExpiringTable, now: Date): Promise<number> {
    const due = await this.jobs.query<{ tenantId: string }>(
      `SELECT DISTINCT tenant_id AS "tenantId" FROM ${table} WHERE expires_at <= $1`,
      [now],
    );
    let removed = 0;
    for (const { tenantId } of due) {
      removed += await this.db.withTenant(
        (tx) => tx.$executeRaw`DELETE FROM ${rawSql(table)} WHERE expires_at <= ${now}::timestamptz`,
        tenantId,
      );
    }
    return removed;
  }
}
