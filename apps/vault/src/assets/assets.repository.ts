import { Injectable } from '@nestjs/common';
import type { Asset, Prisma } from '../generated/prisma/client.js';
import { VaultDb, type VaultTx } from '../vault.db.js';
import type { AssetPosition, ListAssetsQuery, Sort } from './assets.dto.js';

/** Who looks: admins see everything of their tenant, others what is shared and their own. */
export interface Viewer {
  readonly userId: string;
  readonly seesAll: boolean;
}

export interface AssetPage {
  /** One more than the page holds, if there is one. */
  readonly rows: Asset[];
  readonly total: number;
}

export type AssetRow = Asset;

export type NewAsset = Prisma.AssetUncheckedCreateInput;

@Injectable()
export class AssetsRepository {
  constructor(private readonly db: VaultDb) {}

  async list(query: ListAssetsQuery, viewer: Viewer, after: AssetPosition | undefined): Promise<AssetPage> {
    const where = filterOf(query, viewer);
    const { field, direction } = orderOf(query.sort);
    const skip = after === undefined ? ((query.page ?? 1) - 1) * query.limit : 0;
    const rest = after === undefined ? where : { AND: [where, behind(after)] };
    const orderBy = [{ [field]: direction }, { id: direction }];
    return this.db.withTenant(async (tx) => ({
      rows: await tx.asset.findMany({ where: rest, orderBy, skip, take: query.limit + 1 }),
      total: await tx.asset.count({ where }),
    }));
  }

  /** A complete asset that is not in the trash. */
  find(id: string, tenantId?: string): Promise<Asset | null> {
    return this.db.withTenant((tx) => tx.asset.findFirst({ where: { id, status: 'ready' } }), tenantId);
  }

  async folderExists(tx: VaultTx, id: string): Promise<boolean> {
    return (await tx.folder.count({ where: { id } })) === 1;
  }

  async insert(tx: VaultTx, asset: NewAsset): Promise<void> {
    await tx.asset.create({ data: asset });
  }

  /** Shows a pending asset; null when somebody swept it meanwhile. */
  async publish(tx: VaultTx, id: string): Promise<Asset | null> {
    const data = { status: 'ready', uploadExpiresAt: null };
    const [asset] = await tx.asset.updateManyAndReturn({ where: { id, status: 'pending' }, data });
    return asset ?? null;
  }

  /** Removes the row of an asset in `status`; null when it is not in it any more. */
  async remove(tx: VaultTx, id: string, status: 'pending' | 'trashed'): Promise<Asset | null> {
    const asset = await tx.asset.findFirst({ where: { id, status } });
    if (asset === null) return null;
    const { count } = await tx.asset.deleteMany({ where: { id, status } });
    return count === 1 ? asset : null;
  }

  /** Null when there is no such asset, or it is in the trash already. */
  async trash(tx: VaultTx, id: string, trashedAt: Date, purgeAfter: Date): Promise<Asset | null> {
    const data = { status: 'trashed', trashedAt, purgeAfter, updatedAt: trashedAt };
    const [asset] = await tx.asset.updateManyAndReturn({ where: { id, status: 'ready' }, data });
    return asset ?? null;
  }
}

function filterOf(query: ListAssetsQuery, viewer: Viewer): Prisma.AssetWhereInput {
  const all: Prisma.AssetWhereInput[] = [{ status: 'ready' }];
  if (!viewer.seesAll) all.push({ OR: [{ visibility: 'tenant' }, { ownerId: viewer.userId }] });
  if (query.folderId !== undefined) all.push({ folderId: query.folderId });
  if (query.type !== undefined) all.push({ type: query.type });
  if (query.tag !== undefined) all.push({ tags: { has: query.tag } });
  if (query.createdFrom !== undefined) all.push({ createdAt: { gte: new Date(query.createdFrom) } });
  if (query.createdTo !== undefined) all.push({ createdAt: { lt: new Date(query.createdTo) } });
  if (query.text !== undefined) {
    // Prisma passes LIKE's wildcards on; a caller's text means itself.
    const contains = { contains: query.text.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } as const;
    all.push({ OR: [{ filename: contains }, { description: contains }] });
  }
  return { AND: all };
}

type SortField = 'createdAt' | 'filename' | 'sizeBytes';

export function orderOf(sort: Sort): { field: SortField; direction: 'asc' | 'desc' } {
  const descending = sort.startsWith('-');
  return { field: (descending ? sort.slice(1) : sort) as SortField, direction: descending ? 'desc' : 'asc' };
}

/** Everything behind a position, in its own order. */
function behind({ sort, value, id }: AssetPosition): Prisma.AssetWhereInput {
  const { field, direction } = orderOf(sort);
  const than = direction === 'asc' ? 'gt' : 'lt';
  const typed = valueOf(field, value);
  return { OR: [{ [field]: { [than]: typed } }, { [field]: typed, id: { [than]: id } }] };
}

function valueOf(field: SortField, text: string): Date | bigint | string {
  if (field === 'createdAt') return new Date(text);
  return field === 'sizeBytes' ? BigInt(text) : text;
}

/** The value of a row by which a list is sorted, as a cursor keeps it. */
export function sortValue(asset: Asset, sort: Sort): string {
  const value = asset[orderOf(sort).field];
  return typeof value === 'object' ? value.toISOString() : String(value);
}
