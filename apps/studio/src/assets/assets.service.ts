import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { bytes, currentPrincipal, decodeCursor, encodeCursor, paged } from '@eventzr/http';
import type { ContentRequest } from '@eventzr/storage';
import { ByteStore, contentAnswer, SignedUrls } from '@eventzr/storage';
import { StudioConfig } from '../config.js';
import type { Prisma } from '../generated/prisma/client.js';
import { JobCursor } from '../render-jobs/job-cursor.js';
import type { MadePiece } from '../render-jobs/piece-maker.js';
import type { RenderJob } from '../render-jobs/render-job.js';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { AssetLinks, contentPath } from './asset-links.js';
import type { AssetView, ListAssetsQuery } from './assets.dto.js';
import type { Asset } from './assets.repository.js';
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

  async add(tx: StudioTx, job: RenderJob, made: readonly MadePiece[]): Promise<void> {
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + this.config.assetRetentionDays * DAY_MS);
    await this.assets.insert(tx, made.map((piece) => rowOf(job, piece, now, expiresAt)));
  }

  remove(tx: StudioTx, { id }: Asset): Promise<boolean> {
    return this.assets.remove(tx, id, this.clock.now());
  }

  addressOf(id: string): string {
    return this.config.publicBaseUrl + contentPath(id);
  }
}

/** Reads bytes for an answer: ranges, validators, safe headers. */
@Injectable()
export class AssetContents {
  constructor(
    private readonly store: ByteStore,
    private readonly signed: SignedUrls,
  ) {}

  async answer(asset: Asset, request: ContentRequest) {
    const facts = {
      size: Number(asset.bytes),
      sha256: asset.sha256,
      mimeType: asset.mimeType,
      filename: asset.storageKey.split('/').at(-1) ?? asset.id,
      modifiedAt: asset.createdAt,
    };
    const { status, headers, range, withBytes } = contentAnswer(facts, request);
    const source = withBytes ? (await this.store.read(asset.storageKey, range)).stream : '';
    return bytes(source, headers, status);
  }

  /** @throws ASSET_LINK_INVALID 403 */
  tenantOf(id: string, credential: unknown): string {
    const scope = this.signed.verify(contentPath(id), credential);
    if (scope === null) throw StudioErrors.ASSET_LINK_INVALID();
    return scope.tenantId;
  }
}

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

  add(tx: StudioTx, job: RenderJob, made: readonly MadePiece[]): Promise<void> {
    return this.records.add(tx, job, made);
  }

  addressOf(id: string): string {
    return this.records.addressOf(id);
  }

  async list(query: ListAssetsQuery) {
    const before = decodeCursor(query.cursor, JobCursor)?.id;
    const filter = { userId: ownOnly(), type: query.type, jobId: query.jobId, before, limit: query.limit + 1 };
    const rows = await this.db.withTenant((tx) => this.assets.list(tx, filter));
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    const nextCursor = last === undefined ? null : encodeCursor({ id: last.id });
    return paged(page.map((asset) => this.links.view(asset)), { nextCursor, limit: query.limit });
  }

  async get(id: string): Promise<AssetView> {
    return this.links.view(await this.db.withTenant((tx) => this.visible(tx, id)));
  }

  async remove(id: string): Promise<AssetView> {
    return this.db.withTenant(async (tx) => {
      const asset = await this.visible(tx, id);
      await this.records.remove(tx, asset);
      return this.links.view(asset);
    });
  }

  /** The owner's bytes. */
  async content(id: string, request: ContentRequest) {
    return this.contents.answer(await this.db.withTenant((tx) => this.visible(tx, id)), request);
  }

  /** The bytes behind a signed link; whoever holds it may read. */
  async signedContent(id: string, credential: unknown, request: ContentRequest) {
    const tenantId = this.contents.tenantOf(id, credential);
    const asset = await this.db.withTenant((tx) => this.assets.find(tx, id), tenantId);
    if (asset === null) throw StudioErrors.ASSET_NOT_FOUND();
    return this.contents.answer(asset, request);
  }

  private async visible(tx: StudioTx, id: string): Promise<Asset> {
    const asset = await this.assets.find(tx, id);
    const owner = ownOnly();
    if (asset === null || (owner !== undefined && asset.userId !== owner)) throw StudioErrors.ASSET_NOT_FOUND();
    return asset;
  }
}

function rowOf(job: RenderJob, { assetId, storageKey, bytes: size, sha256, file }: MadePiece, now: Date, expiresAt: Date): Prisma.AssetCreateManyInput {
  return {
    tenantId: job.tenantId,
    id: assetId,
    jobId: job.id,
    userId: job.userId,
    type: job.type,
    mimeType: file.mimeType,
    bytes: BigInt(size),
    sha256,
    width: file.width ?? null,
    height: file.height ?? null,
    durationMs: file.durationMs ?? null,
    pages: file.pages ?? null,
    provider: file.provider,
    model: file.model,
    seed: BigInt(file.seed),
    provenance: { ...file.provenance, provider: file.provider, model: file.model, aiGenerated: true } as Prisma.InputJsonObject,
    storageKey,
    createdAt: now,
    expiresAt,
  };
}

function ownOnly(): string | undefined {
  const { roles, userId } = currentPrincipal();
  return roles.includes('organizer') || roles.includes('admin') ? undefined : userId;
}
