import { Injectable } from '@nestjs/common';
import { bytes, currentContext, type Bytes } from '@eventzr/http';
import { contentAnswer, SignedUrls } from '@eventzr/storage';
import { VaultErrors } from '../vault.errors.js';
import { AssetBytes } from './asset-bytes.js';
import { contentPath } from './asset-view.js';
import type { ContentQuery } from './assets.dto.js';
import { type AssetRow, AssetsRepository } from './assets.repository.js';
import { AssetsService } from './assets.service.js';

/** Serves stored bytes, to who may read the asset and to who holds a link. */
@Injectable()
export class ContentService {
  constructor(
    private readonly assets: AssetsService,
    private readonly records: AssetsRepository,
    private readonly stored: AssetBytes,
    private readonly urls: SignedUrls,
  ) {}

  async open(id: string, query: ContentQuery): Promise<Bytes> {
    const asset = await this.permitted(id, query);
    const headers = currentContext()?.headers ?? {};
    const facts = { ...asset, size: Number(asset.sizeBytes), modifiedAt: asset.createdAt };
    const answer = contentAnswer(facts, {
      range: single(headers.range),
      ifNoneMatch: single(headers['if-none-match']),
      ifRange: single(headers['if-range']),
      download: query.download === 'true',
    });
    if (!answer.withBytes) return bytes('', answer.headers, answer.status);
    const { stream } = await this.stored.read(asset.storageKey, answer.range);
    return bytes(stream, answer.headers, answer.status);
  }

  private async permitted(id: string, { sig }: ContentQuery): Promise<AssetRow> {
    const caller = currentContext()?.principal;
    if (caller !== undefined) return this.assets.readable(id, caller);
    if (sig === undefined) throw VaultErrors.UNAUTHORIZED();
    const scope = this.urls.verify(contentPath(id), sig);
    if (scope === null) throw VaultErrors.FORBIDDEN();
    const asset = await this.records.find(id, scope.tenantId);
    if (asset === null) throw VaultErrors.NOT_FOUND();
    return asset;
  }
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}
