import { Injectable } from '@nestjs/common';
import { credentialMissing } from '@eventzr/auth';
import { bytes } from '@eventzr/http';
import type { ByteRange, ContentRequest } from '@eventzr/storage';
import { ByteStore, contentAnswer, SignedUrls, StorageFault } from '@eventzr/storage';
import { StudioErrors } from '../studio.errors.js';
import type { Asset } from './assets.repository.js';

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
    return bytes(withBytes ? await this.read(asset, range) : '', headers, status);
  }

  /** A small picture of it. Derived from the asset, so its validator follows the asset's. */
  async thumbnail(asset: Asset) {
    if (asset.thumbnailKey === null) throw StudioErrors.ASSET_NOT_FOUND();
    const headers = { 'content-type': 'image/webp', 'cache-control': 'private, no-store' };
    return bytes(await this.read({ storageKey: asset.thumbnailKey }, undefined), headers, 200);
  }

  /** @throws UNAUTHORIZED 401 without any credential, ASSET_LINK_INVALID 403 with a wrong one */
  tenantOf(path: string, credential: unknown): string {
    if (credential === undefined) throw credentialMissing();
    const scope = this.signed.verify(path, credential);
    if (scope === null) throw StudioErrors.ASSET_LINK_INVALID();
    return scope.tenantId;
  }

  private async read({ storageKey }: Pick<Asset, 'storageKey'>, range: ByteRange | undefined) {
    try {
      return (await this.store.read(storageKey, range)).stream;
    } catch (error) {
      // The purge was faster than this reader.
      if (error instanceof StorageFault && error.kind === 'not-found')
        throw StudioErrors.ASSET_NOT_FOUND(null, { cause: error });
      throw error;
    }
  }
}
