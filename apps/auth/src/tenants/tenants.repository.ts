import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { JobPool } from '@eventzr/db';
import type { AuthTx } from '../auth.db.js';
import type { ListTenantsQuery } from './tenants.dto.js';

export interface TenantRow {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = 'tenant_id::text AS id, name, status, created_at AS "createdAt", updated_at AS "updatedAt"';

@Injectable()
export class TenantsRepository {
  constructor(
    private readonly jobs: JobPool,
    private readonly clock: Clock,
  ) {}

  /** Of the whole platform, latest first, and one more than the page holds, if there is one. */
  list({ status, limit }: ListTenantsQuery, before: string | undefined): Promise<TenantRow[]> {
    const text = `
      SELECT ${COLUMNS} FROM tenants
       WHERE ($1::text IS NULL OR status = $1) AND ($2::uuid IS NULL OR tenant_id < $2)
       ORDER BY tenant_id DESC LIMIT $3`;
    return this.jobs.query<TenantRow & Record<string, unknown>>(text, [
      status ?? null,
      before ?? null,
      limit + 1,
    ]);
  }

  /** The tenant of the transaction; null when there is none such. */
  async find(tx: AuthTx): Promise<TenantRow | null> {
    const row = await tx.tenant.findFirst();
    return row === null ? null : { id: row.tenantId, ...row };
  }

  async insert(tx: AuthTx, tenantId: string, name: string): Promise<void> {
    const now = this.clock.now();
    await tx.tenant.create({ data: { tenantId, name, createdAt: now, updatedAt: now } });
  }

  /** Changes the tenant as long as its status is that of `before`. */
  async update(
    tx: AuthTx,
    { id, status }: TenantRow,
    change: { name?: string; status?: string },
  ): Promise<boolean> {
    const data = { ...change, updatedAt: this.clock.now() };
    return (await tx.tenant.updateMany({ where: { tenantId: id, status }, data })).count === 1;
  }
}
