import { createReadStream } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { AppLogger, type MultipartFile, type Principal } from '@eventzr/http';
import { ByteStore, StorageFault, type BytesRead } from '@eventzr/storage';
import type { ByteRange } from '@eventzr/storage';
import { fileTypeFromFile } from 'file-type';
import { VaultConfig } from '../config.js';
import { VaultErrors } from '../vault.errors.js';
import { tagsOf, type UploadAssetFields } from './assets.dto.js';
import type { NewAsset } from './assets.repository.js';
import { agreedType, plainFilename } from './media-types.js';

/** An upload that has not ended by then is dead: the sweep removes it. */
const UPLOAD_LEASE_MS = 15 * 60_000;

/** The bytes behind assets: what they are, and where they go. */
@Injectable()
export class AssetBytes {
  constructor(
    private readonly store: ByteStore,
    private readonly config: VaultConfig,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  /** The pending row for a file; its type is what declaration, content and name agree on. */
  async describe(file: MultipartFile, fields: UploadAssetFields, caller: Principal): Promise<NewAsset> {
    const maxBytes = this.config.smallUploadMaxBytes;
    if (file.bytes === 0 || file.bytes > maxBytes)
      throw VaultErrors.INVALID_FILE_SIZE({ bytes: file.bytes, maxBytes });
    const filename = plainFilename(file.filename);
    const sniffed = (await fileTypeFromFile(file.path))?.mime;
    const agreed = agreedType(file.mimeType, sniffed, filename);
    if (agreed === undefined)
      throw VaultErrors.INVALID_MIME_TYPE({ declared: file.mimeType, found: sniffed ?? null });
    const [id, now] = [newId(this.clock), this.clock.now()];
    return {
      tenantId: caller.tenantId,
      id,
      ownerId: caller.userId,
      folderId: fields.folderId ?? null,
      filename,
      description: fields.description ?? null,
      ...agreed,
      sizeBytes: file.bytes,
      sha256: file.sha256,
      storageKey: `tenants/${caller.tenantId}/assets/${id}/${newId(this.clock)}`,
      visibility: fields.visibility,
      tags: tagsOf(fields.tags),
      status: 'pending',
      uploadExpiresAt: new Date(now.getTime() + UPLOAD_LEASE_MS),
      createdAt: now,
      updatedAt: now,
    };
  }

  /** Stores the file, and makes sure that what was stored is what was sent. */
  async keep(asset: NewAsset, file: MultipartFile): Promise<void> {
    const options = { mimeType: asset.mimeType, maxBytes: file.bytes };
    const stored = await this.guarded(() =>
      this.store.put(asset.storageKey, createReadStream(file.path), options),
    );
    if (stored.sha256 !== file.sha256) throw VaultErrors.STORAGE_UNAVAILABLE();
  }

  read(storageKey: string, range: ByteRange | undefined): Promise<BytesRead> {
    return this.guarded(() => this.store.read(storageKey, range));
  }

  /** Removes bytes that no row points at; what cannot be removed now is an orphan for the reconciliation. */
  async forget({ storageKey }: { readonly storageKey: string }): Promise<void> {
    await this.store.remove(storageKey).catch((error: unknown) => {
      this.logger.warn({ err: error, storageKey }, 'bytes could not be removed');
    });
  }

  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      this.logger.error({ err: error, kind: error.kind }, 'storage refused');
      throw VaultErrors.STORAGE_UNAVAILABLE(null, { cause: error, retryAfterSeconds: 30 });
    }
  }
}
