import { Injectable } from '@nestjs/common';
import { Outbox } from '@eventzr/events';
import type { Tier } from '@eventzr/http';
import { STORAGE_LIMITS } from '../quota/plan-limits.js';
import { QuotaRepository, type Space } from '../quota/quota.repository.js';
import { VaultDb, type VaultTx } from '../vault.db.js';
import { VaultErrors } from '../vault.errors.js';
import type { AssetCreated } from '../vault.events.js';
import { type AssetRow, AssetsRepository, type NewAsset } from './assets.repository.js';

/** What the database knows of an upload: reserved, then published or dropped, each exactly once. */
@Injectable()
export class UploadRecords {
  constructor(
    private readonly db: VaultDb,
    private readonly assets: AssetsRepository,
    private readonly quotas: QuotaRepository,
    private readonly outbox: Outbox,
  ) {}

  /** Space and an invisible row, committed before the first byte is stored. */
  async reserve(asset: NewAsset, tier: Tier): Promise<void> {
    const limitBytes = STORAGE_LIMITS[tier];
    await this.db.withTenant(async (tx) => {
      if (typeof asset.folderId === 'string' && !(await this.assets.folderExists(tx, asset.folderId))) {
        throw VaultErrors.NOT_FOUND({ folderId: asset.folderId });
      }
      if (!(await this.quotas.reserve(tx, spaceOf(asset), limitBytes))) {
        throw VaultErrors.QUOTA_EXCEEDED({ limitBytes, requiredBytes: Number(asset.sizeBytes) });
      }
      await this.assets.insert(tx, asset);
    });
  }

  /** The bytes are complete: the asset is there, and others hear of it. */
  async publish(tx: VaultTx, id: string): Promise<AssetRow> {
    const asset = await this.assets.publish(tx, id);
    if (asset === null) throw VaultErrors.STORAGE_UNAVAILABLE(); // swept: the upload took longer than it may
    await this.quotas.use(tx, spaceOf(asset));
    const data: AssetCreated = {
      asset_id: asset.id,
      tenantId: asset.tenantId,
      filename: asset.filename,
      mime_type: asset.mimeType,
      size_bytes: Number(asset.sizeBytes),
      storage_key: asset.storageKey,
      visibility: asset.visibility === 'tenant' ? 'tenant' : 'private',
    };
    await this.outbox.append(tx, { type: 'eventzr.vault.asset.created.v1', aggregateId: id, data });
    return asset;
  }

  /** The upload came to nothing; false when it is not pending any more. */
  async drop(id: string, tenantId: string): Promise<boolean> {
    return this.db.withTenant(async (tx) => {
      const asset = await this.assets.remove(tx, id, 'pending');
      if (asset !== null) await this.quotas.release(tx, spaceOf(asset));
      return asset !== null;
    }, tenantId);
  }
}

export function spaceOf(asset: Pick<NewAsset, 'tenantId' | 'ownerId' | 'sizeBytes'>): Space {
  return { tenantId: asset.tenantId, ownerId: asset.ownerId, bytes: Number(asset.sizeBytes) };
}
