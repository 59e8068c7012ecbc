import { text } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { newId } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { ByteStore } from '@eventzr/storage';
import type { RenderJob } from './render-job.js';
import type { PieceMeasure, RenderedFile, RenderedPiece } from './renderer.js';
import { storable } from './storable.js';

/** A file whose bytes are in our storage; what its asset will say. */
export interface StoredFile {
  readonly assetId: string;
  readonly storageKey: string;
  readonly thumbnailKey?: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly file: PieceMeasure['files'][number];
}

/** A piece whose files are all in our storage. */
export interface MadePiece {
  readonly files: readonly StoredFile[];
  readonly output?: RenderedPiece['output'];
}

/** What names a job's folder. */
type JobPlace = Pick<RenderJob, 'tenantId' | 'id' | 'attempts'>;

/** Where a job's pieces lie: `<job>/<attempt>/<asset>.<ext>`, each with a manifest that makes it count. */
@Injectable()
export class PieceFiles {
  constructor(
    private readonly store: ByteStore,
    private readonly logger: AppLogger,
  ) {}

  /** Bytes first, then the manifest: a manifest says that the bytes of all files are whole. @throws StorageFault */
  async keep(job: JobPlace, piece: number, { files, output }: RenderedPiece): Promise<MadePiece> {
    const stored: StoredFile[] = [];
    for (const file of files) stored.push(await this.storeFile(job, file));
    const made = storable<MadePiece>({ files: stored, ...(output === undefined ? {} : { output }) });
    const manifest = Buffer.from(JSON.stringify(made));
    await this.store.put(manifestKey(job, piece, job.attempts), manifest, { mimeType: 'application/json' });
    return made;
  }

  /** What an attempt stored before its worker could tell anybody. */
  async find(job: RenderJob, piece: number, attempt: number): Promise<MadePiece | undefined> {
    const key = manifestKey(job, piece, attempt);
    if ((await this.store.stat(key)) === null) return undefined;
    const { stream } = await this.store.read(key);
    return JSON.parse(await text(stream)) as MadePiece;
  }

  private async storeFile(job: JobPlace, { bytes, thumbnail, ...file }: RenderedFile): Promise<StoredFile> {
    const assetId = newId();
    const base = `${folderOf(job)}/${job.attempts}/${assetId}`;
    const storageKey = `${base}.${file.extension}`;
    const kept = await this.store.put(storageKey, bytes, { mimeType: file.mimeType });
    const stored = { assetId, storageKey, bytes: kept.bytes, sha256: kept.sha256, file };
    if (thumbnail === undefined) return stored;
    const thumbnailKey = `${base}.thumbnail.webp`;
    await this.store.put(thumbnailKey, thumbnail, { mimeType: 'image/webp' });
    return { ...stored, thumbnailKey };
  }

  /** Removes everything of the job but `kept`. What cannot be removed costs space, nothing else. */
  async clear(job: JobPlace, kept: readonly string[]): Promise<void> {
    try {
      const keys: string[] = [];
      for await (const { key } of this.store.list(folderOf(job))) keys.push(key);
      for (const key of keys.filter((found) => !kept.includes(found))) await this.store.remove(key);
    } catch (error) {
      this.logger.warn({ err: error, jobId: job.id }, 'files of an ended render job could not be removed');
    }
  }
}

function folderOf({ tenantId, id }: JobPlace): string {
  return `tenants/${tenantId}/jobs/${id}`;
}

function manifestKey(job: JobPlace, piece: number, attempt: number): string {
  return `${folderOf(job)}/${attempt}/piece-${piece}.json`;
}
