import { Injectable } from '@nestjs/common';
import type { Prisma } from '../generated/prisma/client.js';
import type { BrandKitModel } from '../generated/prisma/models.js';
import type { StudioTx } from '../studio.db.js';

export type BrandKit = BrandKitModel;
export type BrandKitChange = Omit<Prisma.BrandKitUncheckedUpdateManyInput, 'tenantId' | 'id'>;

/** The only file that touches `brand_kits`. */
@Injectable()
export class BrandKitsRepository {
  insert(tx: StudioTx, data: Prisma.BrandKitUncheckedCreateInput): Promise<BrandKit> {
    return tx.brandKit.create({ data });
  }

  find(tx: StudioTx, id: string): Promise<BrandKit | null> {
    return tx.brandKit.findFirst({ where: { id, deletedAt: null } });
  }

  list(tx: StudioTx, before: string | undefined, limit: number): Promise<BrandKit[]> {
    const older = before === undefined ? {} : { id: { lt: before } };
    return tx.brandKit.findMany({
      where: { deletedAt: null, ...older },
      orderBy: { id: 'desc' },
      take: limit,
    });
  }

  /** False: it is gone. */
  async update(tx: StudioTx, id: string, data: BrandKitChange): Promise<boolean> {
    return (await tx.brandKit.updateMany({ where: { id, deletedAt: null }, data })).count === 1;
  }
}
