import { Injectable } from '@nestjs/common';
import type { VaultCopyModel } from '../generated/prisma/models.js';
import type { StudioTx } from '../studio.db.js';

export type VaultCopy = VaultCopyModel;

/** The only file that touches `vault_copies`. */
@Injectable()
export class VaultCopiesRepository {
  async find(tx: StudioTx, assetId: string, userId: string): Promise<VaultCopy | null> {
    return tx.vaultCopy.findFirst({ where: { assetId, userId } });
  }

  /** False: one is known already. */
  async add(tx: StudioTx, copy: VaultCopy): Promise<boolean> {
    return (await tx.vaultCopy.createMany({ data: [copy], skipDuplicates: true })).count === 1;
  }

  /** Puts `copy` in place of one that the vault no longer has; false: another request did. */
  async replace(tx: StudioTx, previous: VaultCopy, copy: VaultCopy): Promise<boolean> {
    const { assetId, userId, vaultAssetId } = previous;
    const data = { vaultAssetId: copy.vaultAssetId, savedAt: copy.savedAt };
    return (await tx.vaultCopy.updateMany({ where: { assetId, userId, vaultAssetId }, data })).count === 1;
  }
}
