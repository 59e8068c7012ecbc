import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { currentPrincipal } from '@eventzr/http';
import { ByteStore, StorageFault } from '@eventzr/storage';
import { ProviderFault } from '../providers/provider-fault.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { checkedAudio } from './checked-audio.js';
import { checkedImage } from './checked-image.js';
import type { CheckedMedia } from './checked-media.js';
import { InputBytes } from './input-bytes.js';
import type { InputFile } from './input-file.js';
import { inputKey } from './input-file.js';
import { InputFilesRepository } from './input-files.repository.js';
import type { MediaKind, MediaSource } from './media-source.js';

/** A job is over long before. */
const KEPT_MS = 7 * 24 * 3_600_000;
const CHECKS = { image: checkedImage, audio: checkedAudio };

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
    private readonly clock: Clock,
  ) {}

  /**
   * Fetches, checks and keeps a file for a week.
   * @throws INVALID_MEDIA_INPUT 400, ASSET_NOT_FOUND 404, MEDIA_TOO_LARGE 413, UNSUPPORTED_MEDIA 415,
   * MEDIA_UNREACHABLE 422, STORAGE_FAILED 503
   */
  async take(
    source: MediaSource,
    want: MediaKind,
    owner: InputOwner = currentPrincipal(),
  ): Promise<InputFile> {
    return this.keep(await CHECKS[want](await this.sources.of(source)), want, owner);
  }

  /** For the worker. @throws ProviderFault `rejected` when its week is over or it never was */
  async read(tenantId: string, id: string): Promise<Buffer> {
    const row = await this.db.withTenant((tx) => this.files.find(tx, id, this.clock.now()), tenantId);
    if (row === null) throw gone();
    try {
      return await buffer((await this.store.read(inputKey(tenantId, id))).stream);
    } catch (error) {
      if (error instanceof StorageFault && error.kind === 'not-found') throw gone(error);
      throw error;
    }
  }

  /** The row first: bytes without a row would never be purged. */
  private async keep(media: CheckedMedia, kind: MediaKind, owner: InputOwner): Promise<InputFile> {
    const { bytes, ...facts } = media;
    const { tenantId, userId } = owner;
    const [id, createdAt] = [newId(this.clock), this.clock.now()];
    const expiresAt = new Date(createdAt.getTime() + KEPT_MS);
    const described = { ...facts, bytes: bytes.length };
    const row = { tenantId, id, userId, kind, ...described, sha256: sha256(bytes), createdAt, expiresAt };
    await this.db.withTenant((tx) => this.files.insert(tx, row), tenantId);
    try {
      await this.store.put(inputKey(tenantId, id), bytes, { mimeType: media.mimeType });
    } catch (error) {
      throw StudioErrors.STORAGE_FAILED(null, { cause: error });
    }
    return { id, ...described };
  }
}

function gone(cause?: unknown): ProviderFault {
  const message = 'the file that was handed in is no longer kept';
  return new ProviderFault({ provider: 'input', kind: 'rejected', message, cause });
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
