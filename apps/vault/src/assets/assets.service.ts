import { Injectable } from '@nestjs/common';
import { hasRole } from '@eventzr/auth';
import { Clock } from '@eventzr/config';
import {
  decodeCursor,
  encodeCursor,
  HttpErrors,
  isInstant,
  paged,
  type Paged,
  type Principal,
} from '@eventzr/http';
import { VaultConfig } from '../config.js';
import { VaultDb } from '../vault.db.js';
import { VaultErrors } from '../vault.errors.js';
import { AssetPosition, type AssetView, type ListAssetsQuery, type TrashedAssetView } from './assets.dto.js';
import { type AssetRow, AssetsRepository, orderOf, sortValue, type Viewer } from './assets.repository.js';
import { AssetViews } from './asset-view.js';

const DAY_MS = 86_400_000;

@Injectable()
export class AssetsService {
  constructor(
    private readonly assets: AssetsRepository,
    private readonly views: AssetViews,
    private readonly db: VaultDb,
    private readonly config: VaultConfig,
    private readonly clock: Clock,
  ) {}

  async list(query: ListAssetsQuery, caller: Principal): Promise<Paged<AssetView>> {
    const after = positionOf(query);
    const { rows, total } = await this.assets.list(query, viewerOf(caller), after);
    const shown = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    const page = after?.page ?? query.page ?? 1;
    const nextCursor = last === undefined ? null : cursorBehind(last, query, page + 1);
    return paged(
      shown.map((asset) => this.views.of(asset)),
      { nextCursor, limit: query.limit, total, page },
    );
  }

  async get(id: string, caller: Principal): Promise<AssetView> {
    return this.views.of(await this.readable(id, caller));
  }

  /** The asset, if the caller may read it: a private one of the same tenant is refused, any other tenant's is not there. */
  async readable(id: string, caller: Principal): Promise<AssetRow> {
    const asset = await this.assets.find(id);
    if (asset === null) throw VaultErrors.NOT_FOUND();
    const viewer = viewerOf(caller);
    const open = asset.visibility === 'tenant' || asset.ownerId === viewer.userId || viewer.seesAll;
    if (!open) throw VaultErrors.PRIVATE_ASSET();
    return asset;
  }

  /** Into the trash; its bytes still count until they are purged. */
  async trash(id: string): Promise<TrashedAssetView> {
    const now = this.clock.now();
    const purgeAfter = new Date(now.getTime() + this.config.trashRetentionDays * DAY_MS);
    const asset = await this.db.withTenant((tx) => this.assets.trash(tx, id, now, purgeAfter));
    if (asset === null) throw VaultErrors.NOT_FOUND();
    return { id, status: 'trashed', trashedAt: now.toISOString(), purgeAfter: purgeAfter.toISOString() };
  }
}

function viewerOf({ userId, roles }: Principal): Viewer {
  return { userId, seesAll: hasRole(roles, ['admin']) };
}

function positionOf(query: ListAssetsQuery): AssetPosition | undefined {
  const position = decodeCursor(query.cursor, AssetPosition);
  if (position === undefined) return undefined;
  const { field } = orderOf(position.sort);
  const isDate = field !== 'createdAt' || isInstant(position.value);
  const isNumber = field !== 'sizeBytes' || /^\d{1,18}$/.test(position.value);
  if (position.sort === query.sort && isDate && isNumber) return position;
  const message = 'cursor must be the next_cursor of an earlier page of the same list';
  throw HttpErrors.VALIDATION_FAILED([{ field: 'cursor', rule: 'cursor', message }]);
}

function cursorBehind(asset: AssetRow, { sort }: ListAssetsQuery, page: number): string {
  return encodeCursor({ sort, value: sortValue(asset, sort), id: asset.id, page });
}
