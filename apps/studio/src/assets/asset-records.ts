import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { StudioConfig } from '../config.js';
import type { StoredFile } from '../render-jobs/piece-files.js';
import type { RenderJob } from '../render-jobs/render-job.js';
import type { StudioTx } from '../studio.db.js';
import { contentPath } from './asset-links.js';
import type { AssetType } from './assets.dto.js';
import type { Asset, AssetRow } from './assets.repository.js';
import { AssetsRepository } from './assets.repository.js';

const DAY_MS = 86_400_000;

/** The rows of assets. */
@Injectable()
export class AssetRecords {
  constructor(
    private readonly config: StudioConfig,
    private readonly assets: AssetsRepository,
    private readonly clock: Clock,
  ) {}

  async add(tx: StudioTx, job: RenderJob, files: readonly StoredFile[]): Promise<void> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + this.config.assetRetentionDays * DAY_MS);
    await this.assets.insert(
      tx,
      files.map((stored, position) => ({ ...rowOf(job, stored, now, expiresAt), position })),
    );
  }

  remove(tx: StudioTx, { id }: Asset): Promise<boolean> {
    return this.assets.remove(tx, id, this.clock.now());
  }

  addressOf(id: string): string {
    return this.config.publicBaseUrl + contentPath(id);
  }
}

/** What kind of file it is: pictures, films, sounds, pages to read on paper, or text. */
export function assetTypeOf(mimeType: string): AssetType {
  const [family = ''] = mimeType.split('/');
  if (family === 'image' || family === 'video' || family === 'audio') return family;
  return family === 'text' || mimeType === 'application/json' ? 'text' : 'document';
}

function rowOf(job: RenderJob, stored: StoredFile, createdAt: Date, expiresAt: Date): AssetRow {
  const { assetId, storageKey, thumbnailKey, bytes, sha256, file } = stored;
  const { provider, model } = file;
  return {
    tenantId: job.tenantId,
    id: assetId,
    jobId: job.id,
    userId: job.userId,
    type: assetTypeOf(file.mimeType),
    role: file.role ?? null,
    thumbnailKey: thumbnailKey ?? null,
    mimeType: file.mimeType,
    bytes: BigInt(bytes),
    sha256,
    ...measuresOf(file),
    provider,
    model,
    seed: BigInt(file.seed),
    provenance: { ...file.provenance, provider, model, aiGenerated: true },
    storageKey,
    judgedBy: file.judgedBy ?? null,
    createdAt,
    expiresAt,
  };
}

function measuresOf({ width, height, durationMs, pages }: StoredFile['file']) {
  return {
    width: width ?? null,
    height: height ?? null,
    durationMs: durationMs ?? null,
    pages: pages ?? null,
  };
}
