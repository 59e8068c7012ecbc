import { Injectable } from '@nestjs/common';
import type { Quota } from '../generated/prisma/client.js';
import { VaultDb, type VaultTx } from '../vault.db.js';

/** Whose space, and how much of it. */
export interface Space {
  readonly tenantId: string;
  readonly ownerId: string;
  readonly bytes: number;
}

@Injectable()
export class QuotaRepository {
  constructor(private readonly db: VaultDb) {}

  /** Reserves space in one statement, so that uploads at once cannot pass the limit together; false: it does not fit. */
  async reserve(tx: VaultTx, { tenantId, ownerId, bytes }: Space, limit: number | null): Promise<boolean> {
    if (limit !== null && bytes > limit) return false;
    const changed = await tx.$executeRaw`
      INSERT INTO quotas AS q (tenant_id, owner_id, reserved_bytes) VALUES (${tenantId}::uuid, ${ownerId}::uuid, ${bytes}::bigint)
      ON CONFLICT (tenant_id, owner_id) DO UPDATE SET reserved_bytes = q.reserved_bytes + ${bytes}::bigint
       WHERE ${limit}::bigint IS NULL OR q.used_bytes + q.reserved_bytes + ${bytes}::bigint <= ${limit}::bigint`;
    return changed === 1;
  }

  /** The upload is complete: what was reserved is used. */
  async use(tx: VaultTx, { tenantId, ownerId, bytes }: Space): Promise<void> {
    await tx.quota.update({
      where: { tenantId_ownerId: { tenantId, ownerId } },
      data: {
        reservedBytes: { decrement: bytes },
        usedBytes: { increment: bytes },
        assets: { increment: 1 },
      },
    });
  }

  /** The upload came to nothing. */
  async release(tx: VaultTx, { tenantId, ownerId, bytes }: Space): Promise<void> {
    const where = { tenantId_ownerId: { tenantId, ownerId } };
    await tx.quota.update({ where, data: { reservedBytes: { decrement: bytes } } });
  }

  /** The asset is gone for good. */
  async giveBack(tx: VaultTx, { tenantId, ownerId, bytes }: Space): Promise<void> {
    const where = { tenantId_ownerId: { tenantId, ownerId } };
    await tx.quota.update({ where, data: { usedBytes: { decrement: bytes }, assets: { decrement: 1 } } });
  }

  find(ownerId: string): Promise<Quota | null> {
    return this.db.withTenant((tx) => tx.quota.findFirst({ where: { ownerId } }));
  }
}
