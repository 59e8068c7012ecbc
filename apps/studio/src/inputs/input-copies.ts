import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { ByteStore, StorageFault } from '@eventzr/storage';
import type { Parent } from '../provenance/parent.js';
import { ProviderFault } from '../providers/provider-fault.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import type { CheckedMedia } from './checked-media.js';
import type { InputFile } from './input-file.js';
import { inputKey, manifestsKey } from './input-file.js';
import { InputFilesRepository } from './input-files.repository.js';
import type { MediaKind } from './media-source.js';
import { TakenInputs } from './taken-inputs.js';

/** A job is over long before. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** Whose the copy is. */
export interface InputOwner {
  readonly tenantId: string;
  readonly userId: string;
}

/** The copies of what was handed in: rows and bytes, for a week. */
@Injectable()
export class InputCopies {
  constructor(
    private readonly db: StudioDb,
    private readonly files: InputFilesRepository,
    private readonly store: ByteStore,
    private readonly taken: TakenInputs,
    private readonly clock: Clock,
  ) {}

  /** The row first: bytes without a row would never be purged. @throws STORAGE_FAILED 503 */
  async keep(media: CheckedMedia, kind: MediaKind, { tenantId, userId }: InputOwner): Promise<InputFile> {
    const { bytes, origin: { sourceType, manifests } = {}, ...facts } = media;
    const [id, createdAt] = [newId(this.clock), this.clock.now()];
    const expiresAt = new Date(createdAt.getTime() + KEPT_MS);
    const described = { ...facts, bytes: bytes.length };
    const row = { tenantId, id, userId, kind, ...described, sha256: sha256(bytes), createdAt, expiresAt };
    this.taken.note({ tenantId, id });
    await this.db.withTenant((tx) => this.files.insert(tx, row), tenantId);
    await this.put(inputKey(tenantId, id), bytes, media.mimeType);
    if (manifests !== undefined)
      await this.put(manifestsKey(tenantId, id), Buffer.from(manifests), 'application/c2pa');
    return {
      id,
      ...described,
      ...(sourceType === undefined ? {} : { sourceType }),
      ...(manifests === undefined ? {} : { signed: true }),
    };
  }

  /** @throws ProviderFault `rejected` when its week is over or it never was */
  async read(tenantId: string, id: string): Promise<Buffer> {
    const row = await this.db.withTenant((tx) => this.files.find(tx, id, this.clock.now()), tenantId);
    if (row === null) throw gone();
    return this.bytesAt(inputKey(tenantId, id));
  }

  /** What the original of a picture told of its making. @throws ProviderFault `rejected` */
  async parent(tenantId: string, { id, mimeType, sourceType, signed = false }: InputFile): Promise<Parent> {
    const manifests = signed ? { manifests: await this.bytesAt(manifestsKey(tenantId, id)) } : {};
    return { id, mimeType, ...(sourceType === undefined ? {} : { sourceType }), ...manifests };
  }

  private async put(key: string, bytes: Buffer, mimeType: string): Promise<void> {
    try {
      await this.store.put(key, bytes, { mimeType });
    } catch (error) {
      throw StudioErrors.STORAGE_FAILED(null, { cause: error });
    }
  }

  private async bytesAt(key: string): Promise<Buffer> {
    try {
      return await buffer((await this.store.read(key)).stream);
    } catch (error) {
      if (error instanceof StorageFault && error.kind === 'not-found') throw gone(error);
      throw error;
    }
  }
}

function gone(cause?: unknown): ProviderFault {
  const message = 'the file that was handed in is no longer kept';
  return new ProviderFault({ provider: 'input', kind: 'rejected', message, cause });
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
