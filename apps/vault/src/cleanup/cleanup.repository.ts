import { Injectable } from '@nestjs/common';
import { JobPool } from '@eventzr/db';

/** What is past its time, of whom. */
export interface Expired {
  readonly tenantId: string;
  readonly id: string;
  readonly status: 'pending' | 'trashed';
}

const PAST = `(status = 'pending' AND upload_expires_at <= $1) OR (status = 'trashed' AND purge_after <= $1)`;

/** Finds, as the job role; the work is done under each tenant. */
@Injectable()
export class CleanupRepository {
  constructor(private readonly jobs: JobPool) {}

  findExpired(now: Date, after: Expired | undefined, limit: number): Promise<Expired[]> {
    return this.jobs.query(
      `SELECT tenant_id AS "tenantId", id, status FROM assets
        WHERE (${PAST}) AND ($2::uuid IS NULL OR (tenant_id, id) > ($2, $3)) ORDER BY tenant_id, id LIMIT $4`,
      [now, after?.tenantId ?? null, after?.id ?? null, limit],
    );
  }

  async countExpired(now: Date): Promise<number> {
    const [row] = await this.jobs.query<{ count: string }>(`SELECT count(*) FROM assets WHERE ${PAST}`, [
      now,
    ]);
    return Number(row?.count ?? 0);
  }
}
