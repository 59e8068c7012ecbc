import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, IdCursor, paged } from '@eventzr/http';
import type { ContentRequest } from '@eventzr/storage';
import type { StoredFile } from '../render-jobs/piece-files.js';
import type { RenderJob } from '../render-jobs/render-job.js';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { maySee, ownerFilter } from '../visibility.js';
import { AssetContents } from './asset-contents.js';
import { AssetLinks, contentPath, thumbnailPath } from './asset-links.js';
import { AssetRecords } from './asset-records.js';
import type { AssetView, ListAssetsQuery } from './assets.dto.js';
import type { Asset } from './assets.repository.js';
import { AssetsRepository } from './assets.repository.js';

/** Finished files: written by the end of a job, read by their owner or through a signed link. */
@Injectable()
export class AssetsService {
  constructor(
    private readonly db: StudioDb,
    private readonly assets: AssetsRepository,
    private readonly links: AssetLinks,
    private readonly records: AssetRecords,
    private readonly contents: AssetContents,
  ) {}

  add(tx: StudioTx, job: RenderJob, files: readonly StoredFile[]): Promise<void> {
    return this.records.add(tx, job, files);
  }

  addressOf(id: string): string {
    return this.records.addressOf(id);
  }

  async list(query: ListAssetsQuery) {
    const before = decodeCursor(query.cursor, IdCursor)?.id;
    const { type, jobId, limit } = query;
    const filter = { userId: ownerFilter(), type, jobId, before, limit: limit + 1 };
    const rows = await this.db.withTenant((tx) => this.assets.list(tx, filter));
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const nextCursor = last === undefined ? null : encodeCursor({ id: last.id });
    return paged(
      page.map((asset) => this.links.view(asset)),
      { nextCursor, limit },
    );
  }

  async get(id: string): Promise<AssetView> {
    return this.links.view(await this.db.withTenant((tx) => this.visible(tx, id)));
  }

  /** Nobody sees it from now on; the purge removes its bytes. */
  async remove(id: string): Promise<AssetView> {
    return this.db.withTenant(async (tx) => {
      const asset = await this.visible(tx, id);
      if (!(await this.records.remove(tx, asset))) throw StudioErrors.ASSET_NOT_FOUND();
      return this.links.view(asset);
    });
  }

  /** The owner's bytes. */
  async content(id: string, request: ContentRequest) {
    return this.contents.answer(await this.db.withTenant((tx) => this.visible(tx, id)), request);
  }

  /** The bytes behind a signed link; whoever holds it may read. */
  async signedContent(id: string, credential: unknown, request: ContentRequest) {
    return this.contents.answer(await this.signedAsset(id, credential), request);
  }

  /** An asset for the service's own use. @throws ASSET_NOT_FOUND 404 when the caller may not see it */
  visibleAsset(id: string): Promise<Asset> {
    return this.db.withTenant((tx) => this.visible(tx, id));
  }

  /** The asset that a signed content link opens. @throws ASSET_NOT_FOUND 404, ASSET_LINK_INVALID 403 */
  async signedAsset(id: string, credential: unknown): Promise<Asset> {
    const tenantId = this.contents.tenantOf(contentPath(id), credential);
    const asset = await this.db.withTenant((tx) => this.assets.find(tx, id), tenantId);
    if (asset === null) throw StudioErrors.ASSET_NOT_FOUND();
    return asset;
  }

  /** The small picture of a file, for its owner. */
  async thumbnail(id: string) {
    return this.contents.thumbnail(await this.db.withTenant((tx) => this.visible(tx, id)));
  }

  /** The small picture behind a signed link. */
  async signedThumbnail(id: string, credential: unknown) {
    const tenantId = this.contents.tenantOf(thumbnailPath(id), credential);
    const asset = await this.db.withTenant((tx) => this.assets.find(tx, id), tenantId);
    if (asset === null) throw StudioErrors.ASSET_NOT_FOUND();
    return this.contents.thumbnail(asset);
  }

  private async visible(tx: StudioTx, id: string): Promise<Asset> {
    const asset = await this.assets.find(tx, id);
    if (asset === null || !maySee(asset)) throw StudioErrors.ASSET_NOT_FOUND();
    return asset;
  }
}
