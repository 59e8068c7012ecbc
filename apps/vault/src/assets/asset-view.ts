import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { SignedUrls } from '@eventzr/storage';
import { VaultConfig } from '../config.js';
import type { AssetView } from './assets.dto.js';
import type { AssetRow } from './assets.repository.js';

/** Where an asset's content lies: what a signed link is scoped to. */
export function contentPath(id: string): string {
  return `/vault/v1/assets/${id}/content`;
}

/** Shows assets to callers, each with a link that opens for a while. */
@Injectable()
export class AssetViews {
  constructor(
    private readonly urls: SignedUrls,
    private readonly config: VaultConfig,
    private readonly clock: Clock,
  ) {}

  of(asset: AssetRow): AssetView {
    const expiresAt = new Date(this.clock.now().getTime() + this.config.contentLinkTtlSeconds * 1000);
    const link = this.urls.signPath({ path: contentPath(asset.id), tenantId: asset.tenantId, expiresAt });
    return {
      id: asset.id,
      filename: asset.filename,
      description: asset.description,
      type: asset.type,
      mimeType: asset.mimeType,
      sizeBytes: Number(asset.sizeBytes),
      sha256: asset.sha256,
      visibility: asset.visibility,
      ownerId: asset.ownerId,
      folderId: asset.folderId,
      tags: asset.tags,
      contentUrl: `${this.config.publicBaseUrl.replace(/\/$/, '')}${link}`,
      createdAt: asset.createdAt.toISOString(),
      updatedAt: asset.updatedAt.toISOString(),
    };
  }
}
