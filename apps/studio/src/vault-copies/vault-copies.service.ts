import { Injectable } from '@nestjs/common';
import { currentPrincipal, reply } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import { AssetsService } from '../assets/assets.service.js';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import type { VaultAsset } from './vault-api.js';
import { VaultApi } from './vault-api.js';
import type { VaultCopyView } from './vault-copies.dto.js';
import type { VaultCopy } from './vault-copies.repository.js';
import { VaultCopiesRepository } from './vault-copies.repository.js';

/** Copies assets into the vault, where they stay when studio's own are purged: one for each user who wants one. */
@Injectable()
export class VaultCopiesService {
  constructor(
    private readonly db: StudioDb,
    private readonly assets: AssetsService,
    private readonly copies: VaultCopiesRepository,
    private readonly vault: VaultApi,
    private readonly operations: Operations<StudioTx>,
  ) {}

  /** @throws ASSET_NOT_FOUND 404 when the caller may not see it, and what `vaultFault` makes of the vault's answer */
  async save(assetId: string) {
    const asset = await this.assets.visibleAsset(assetId);
    const { tenantId, userId } = currentPrincipal();
    const known = await this.db.withTenant((tx) => this.copies.find(tx, assetId, userId));
    const there = known === null ? null : await this.vault.find(known.vaultAssetId);
    const kept = there ?? (await this.vault.keep(asset, known?.vaultAssetId));
    const copy = { tenantId, assetId, userId, vaultAssetId: kept.id, savedAt: new Date(kept.createdAt) };
    return this.operations.finish(async (tx) => {
      if (there === null) await this.remember(tx, copy, known);
      return reply(viewOf(assetId, kept), { status: 201, location: `/vault/v1/assets/${kept.id}` });
    });
  }

  /** Two requests at once got the same file from the vault, so that it does not matter who is first. */
  private async remember(tx: StudioTx, copy: VaultCopy, known: VaultCopy | null): Promise<boolean> {
    return known === null ? this.copies.add(tx, copy) : this.copies.replace(tx, known, copy);
  }
}

function viewOf(assetId: string, kept: VaultAsset): VaultCopyView {
  const { id: vaultAssetId, filename, mimeType, sizeBytes, visibility, contentUrl, createdAt } = kept;
  return { assetId, vaultAssetId, filename, mimeType, sizeBytes, visibility, contentUrl, createdAt };
}
