import { Injectable } from '@nestjs/common';
import { Outbox } from '@eventzr/events';
import { ByteStore } from '@eventzr/storage';
import { type AssetRow, AssetsRepository } from '../assets/assets.repository.js';
import { spaceOf } from '../assets/upload-records.js';
import { QuotaRepository } from '../quota/quota.repository.js';
import { VaultDb, type VaultTx } from '../vault.db.js';
import type { AssetDeleted } from '../vault.events.js';
import type { Expired } from './cleanup.repository.js';

/** Ends an asset: row, space and bytes. */
@Injectable()
export class AssetRemoval {
  constructor(
    private readonly db: VaultDb,
    private readonly assets: AssetsRepository,
    private readonly quotas: QuotaRepository,
    private readonly store: ByteStore,
    private readonly outbox: Outbox,
  ) {}

  /**
   * The row is deleted first and its lock held while the bytes go: a crash in between brings the row back, and the next run removes
   * the bytes again, which succeeds. False when somebody else ended or finished the asset meanwhile.
   */
  remove({ tenantId, id, status }: Expired): Promise<boolean> {
    return this.db.withTenant(async (tx) => {
      const asset = await this.assets.remove(tx, id, status);
      if (asset === null) return false;
      if (status === 'pending') await this.quotas.release(tx, spaceOf(asset));
      else await this.purge(tx, asset);
      await this.store.remove(asset.storageKey);
      return true;
    }, tenantId);
  }

  private async purge(tx: VaultTx, asset: AssetRow): Promise<void> {
    await this.quotas.giveBack(tx, spaceOf(asset));
    const data: AssetDeleted = {
      asset_id: asset.id,
      tenantId: asset.tenantId,
      storage_key: asset.storageKey,
      size_bytes: Number(asset.sizeBytes),
    };
    const type = 'eventzr.vault.asset.deleted.v1';
    await this.outbox.append(tx, { type, aggregateId: asset.id, tenantId: asset.tenantId, data });
  }
}
