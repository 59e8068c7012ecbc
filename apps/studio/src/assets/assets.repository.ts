import { Injectable } from '@nestjs/common';
import { JobPool } from '@eventzr/db';
import type { Prisma } from '../generated/prisma/client.js';
import type { AssetModel } from '../generated/prisma/models.js';
import type { StudioTx } from '../studio.db.js';

export type Asset = AssetModel;

/** A new asset's columns. */
export type AssetRow = Prisma.AssetCreateManyInput;

/** Where an asset stands for another look. */
export interface AssetPointer {
  readonly tenantId: string;
  readonly id: string;
}

export interface AssetFilter {
  readonly userId?: string;
  readonly type?: string;
  readonly jobId?: string;
  readonly before?: string;
  readonly limit: number;
}

/** The only file that touches `assets`. */
@Injectable()
export class AssetsRepository {
  constructor(private readonly finder: JobPool) {}

  async insert(tx: StudioTx, assets: AssetRow[]): Promise<void> {
    await tx.asset.createMany({ data: assets });
  }

  async find(tx: StudioTx, id: string): Promise<Asset | null> {
    return tx.asset.findFirst({ where: { id, deletedAt: null } });
  }

  /** In the order of the pieces and their files. */
  async ofJobs(tx: StudioTx, jobIds: readonly string[]): Promise<Asset[]> {
    return tx.asset.findMany({
      where: { jobId: { in: [...jobIds] }, deletedAt: null },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
    });
  }

  async list(tx: StudioTx, { userId, type, jobId, before, limit }: AssetFilter): Promise<Asset[]> {
    return tx.asset.findMany({
      where: {
        userId,
        type,
        jobId,
        deletedAt: null,
        ...(before === undefined ? {} : { id: { lt: before } }),
      },
      orderBy: { id: 'desc' },
      take: limit,
    });
  }

  /** False: it was gone already. */
  async remove(tx: StudioTx, id: string, deletedAt: Date): Promise<boolean> {
    const { count } = await tx.asset.updateMany({ where: { id, deletedAt: null }, data: { deletedAt } });
    return count === 1;
  }

  /** False: it is gone, or is said to be judged by somebody else than `before`. */
  async noteJudged(
    tx: StudioTx,
    {
      id,
      before,
      judgedBy,
    }: { readonly id: string; readonly before: string | null; readonly judgedBy: string },
  ): Promise<boolean> {
    const where = { id, deletedAt: null, judgedBy: before };
    return (await tx.asset.updateMany({ where, data: { judgedBy } })).count === 1;
  }

  async findRemoved(tx: StudioTx, id: string): Promise<Asset | null> {
    return tx.asset.findFirst({ where: { id, deletedAt: { not: null } } });
  }

  /** Deletes the row of an asset whose bytes are gone; false: it was gone already. */
  async forget(tx: StudioTx, id: string): Promise<boolean> {
    const { count } = await tx.asset.deleteMany({ where: { id, deletedAt: { not: null } } });
    return count === 1;
  }

  /** Assets that were deleted, or whose time is over. */
  async findPurgeable(now: Date, limit: number): Promise<AssetPointer[]> {
    return this.finder.query<AssetPointer>(
      `(SELECT tenant_id AS "tenantId", id FROM assets WHERE deleted_at IS NOT NULL LIMIT $2)
       UNION ALL
       (SELECT tenant_id, id FROM assets WHERE deleted_at IS NULL AND expires_at < $1 ORDER BY expires_at LIMIT $2)
       LIMIT $2`,
      [now, limit],
    );
  }
}
