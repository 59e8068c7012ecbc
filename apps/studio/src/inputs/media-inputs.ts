import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { currentPrincipal } from '@eventzr/http';
import { ByteStore, StorageFault } from '@eventzr/storage';
import type { Parent } from '../provenance/parent.js';
import { ProviderFault } from '../providers/provider-fault.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import type { CheckedMedia } from './checked-media.js';
import { InputChecks } from './input-checks.js';
import { InputBytes } from './input-bytes.js';
import type { InputFile } from './input-file.js';
import { inputKey, manifestsKey } from './input-file.js';
import { InputFilesRepository } from './input-files.repository.js';
import type { MediaKind, MediaSource } from './media-source.js';

/** A job is over long before. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** Whose the copy is; absent: the caller's. */
export interface InputOwner {
  readonly tenantId: string;
  readonly userId: string;
}

/** What callers hand in: taken once when they submit, so that the worker never fetches, and always finds the same bytes. */
@Injectable()
export class MediaInputs {
  constructor(
    private readonly db: StudioDb,
    private readonly files: InputFilesRepository,
    private readonly sources: InputBytes,
    private readonly store: ByteStore,
    private readonly checks: InputChecks,
    private readonly clock: Clock,
  ) {}

  /**
   * Fetches, checks and keeps a file for a week.
   * @throws INVALID_MEDIA_INPUT 400, ASSET_NOT_FOUND 404, MEDIA_TOO_LARGE 413, UNSUPPORTED_MEDIA 415,
   * MEDIA_UNREACHABLE 422, MEDIA_REFUSED 422, MODERATION_UNAVAILABLE 503, STORAGE_FAILED 503
   */
  async take(
    source: MediaSource,
    want: MediaKind,
    owner: InputOwner = currentPrincipal(),
  ): Promise<InputFile> {
    const media = await this.checks.checked(await this.sources.of(source), want);
    return this.keep(media, want, owner);
  }

  /** For the worker. @throws ProviderFault `rejected` when its week is over or it never was */
  async read(tenantId: string, id: string): Promise<Buffer> {
    const row = await this.db.withTenant((tx) => this.files.find(tx, id, this.clock.now()), tenantId);
    if (row === null) throw gone();
    return this.bytesAt(inputKey(tenantId, id));
  }

  /** What the original of a picture told of its making, for what is made from it. @throws ProviderFault `rejected` */
  async parent(tenantId: string, { id, mimeType, sourceType, signed = false }: InputFile): Promise<Parent> {
    const manifests = signed ? { manifests: await this.bytesAt(manifestsKey(tenantId, id)) } : {};
    return { id, mimeType, ...(sourceType === undefined ? {} : { sourceType }), ...manifests };
  }

  private async bytesAt(key: string): Promise<Buffer> {
    try {
      return await buffer((await this.store.read(key)).stream);
    } catch (error) {
      if (error instanceof StorageFault && error.kind === 'not-found') throw gone(error);
      throw error;
    }
  }

  /** The row first: bytes without a row would never be purged. */
  private async keep(media: CheckedMedia, kind: MediaKind, owner: InputOwner): Promise<InputFile> {
    const { bytes, origin: { sourceType, manifests } = {}, ...facts } = media;
    const { tenantId, userId } = owner;
    const [id, createdAt] = [newId(this.clock), this.clock.now()];
    const expiresAt = new Date(createdAt.getTime() + KEPT_MS);
    const described = { ...facts, bytes: bytes.length };
    const row = { tenantId, id, userId, kind, ...described, sha256: sha256(bytes), createdAt, expiresAt };
    await this.db.withTenant((tx) => this.files.insert(tx, row), tenantId);
    try {
      await this.store.put(inputKey(tenantId, id), bytes, { mimeType: media.mimeType });
      if (manifests !== undefined)
        await this.store.put(manifestsKey(tenantId, id), Buffer.from(manifests), {
          mimeType: 'application/c2pa',
        });
    } catch (error) {
      throw StudioErrors.STORAGE_FAILED(null, { cause: error });
    }
    return {
      id,
      ...described,
      ...(sourceType === undefined ? {} : { sourceType }),
      ...(manifests === undefined ? {} : { signed: true }),
    };
  }
}

function gone(cause?: unknown): ProviderFault {
  const message = 'the file that was handed in is no longer kept';
  return new ProviderFault({ provider: 'input', kind: 'rejected', message, cause });
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
