import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { SignedUrls } from '@eventzr/storage';
import { StudioConfig } from '../config.js';
import type { AssetView } from './assets.dto.js';
import type { Asset } from './assets.repository.js';

export const assetPath = (id: string) => `/studio/v1/assets/${id}`;
export const contentPath = (id: string) => `${assetPath(id)}/content`;
export const thumbnailPath = (id: string) => `${assetPath(id)}/thumbnail`;

/** Shows assets with links that open without a header, for a while. */
@Injectable()
export class AssetLinks {
  constructor(
    private readonly config: StudioConfig,
    private readonly signed: SignedUrls,
    private readonly clock: Clock,
  ) {}

  view(asset: Asset): AssetView {
    return {
      id: asset.id,
      jobId: asset.jobId,
      type: asset.type,
      ...present({ role: asset.role }),
      mimeType: asset.mimeType,
      bytes: Number(asset.bytes),
      ...present({
        width: asset.width,
        height: asset.height,
        durationMs: asset.durationMs,
        pages: asset.pages,
      }),
      provider: asset.provider,
      seed: Number(asset.seed),
      provenance: asset.provenance as object,
      contentUrl: this.urlOf(asset, contentPath(asset.id)),
      ...(asset.thumbnailKey === null ? {} : { thumbnailUrl: this.urlOf(asset, thumbnailPath(asset.id)) }),
      ...present({ expiresAt: asset.expiresAt?.toISOString() ?? null }),
      createdAt: asset.createdAt.toISOString(),
    };
  }

  private urlOf({ tenantId }: Asset, path: string): string {
    const expiresAt = new Date(this.clock.now().getTime() + this.config.contentLinkTtlSeconds * 1000);
    return this.config.publicBaseUrl + this.signed.signPath({ path, tenantId, expiresAt });
  }
}

function present<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], null> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as {
    [K in keyof T]?: Exclude<T[K], null>;
  };
}
