import { createHash } from 'node:crypto';
import { mkdir, open, opendir, rename, rm, rmdir, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { addAbortSignal, Readable } from 'node:stream';
import { newId } from '@eventzr/config';
import { assertKey, ByteStore, StorageFault } from './byte-store.js';
import type { ByteRange, BytesRead, PutOptions, StoredBytes, StoredObject } from './byte-store.js';

/** No key begins with a dot, so nothing in here can be read, listed or overwritten through the port. */
const INCOMPLETE = '.incomplete';

/** Bytes as files below one folder: temporary file, fsync, atomic rename. */
export class DiskByteStore extends ByteStore {
  private readonly root: string;

  constructor(folder: string) {
    super();
    this.root = resolve(folder);
  }

  async put(key: string, source: Readable | Buffer, options: PutOptions): Promise<StoredBytes> {
    assertKey(key);
    const temporary = join(this.root, INCOMPLETE, newId());
    try {
      await mkdir(dirname(temporary), { recursive: true });
      const stored = await writeWhole(temporary, source, options);
      await this.publish(temporary, join(this.root, key));
      return stored;
    } catch (error) {
      // What went wrong with the write is told, whatever becomes of its remains.
      await rm(temporary, { force: true }).catch(() => undefined);
      throw asFault(error);
    } finally {
      if (source instanceof Readable) source.destroy();
    }
  }

  async read(key: string, range?: ByteRange): Promise<BytesRead> {
    assertKey(key);
    const file = await open(join(this.root, key), 'r').catch((error: unknown) =>
      Promise.reject(asFault(error)),
    );
    try {
      const facts = await file.stat();
      if (!facts.isFile()) throw new StorageFault('not-found', 'There is no such object');
      const { start, end } = checkedRange(range, facts.size);
      if (end < start) return { ...(await emptied(file)), size: facts.size };
      return { stream: file.createReadStream({ start, end }), bytes: end - start + 1, size: facts.size };
    } catch (error) {
      await file.close().catch(() => undefined);
      throw asFault(error);
    }
  }

  async stat(key: string): Promise<StoredObject | null> {
    assertKey(key);
    try {
      const facts = await stat(join(this.root, key));
      return facts.isFile() ? { key, size: facts.size, modifiedAt: facts.mtime } : null;
    } catch (error) {
      if (isMissing(error)) return null;
      throw asFault(error);
    }
  }

  async remove(key: string): Promise<void> {
    assertKey(key);
    const path = join(this.root, key);
    await rm(path, { force: true }).catch((error: unknown) => Promise.reject(asFault(error)));
    await this.dropEmptyFolders(dirname(path));
  }

  async *list(prefix: string): AsyncIterable<StoredObject> {
    if (prefix !== '') assertKey(prefix);
    yield* this.walk(prefix);
  }

  async sweepIncomplete(olderThan: Date): Promise<number> {
    const folder = join(this.root, INCOMPLETE);
    let removed = 0;
    for (const name of await namesIn(folder)) {
      const path = join(folder, name);
      const facts = await stat(path).catch(() => null);
      if (facts === null || facts.mtimeMs >= olderThan.getTime()) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  }

  /** The folder may be removed by a neighbour between mkdir and rename: then it is made again. */
  private async publish(temporary: string, target: string, attempts = 5): Promise<void> {
    await mkdir(dirname(target), { recursive: true });
    try {
      await rename(temporary, target);
      await syncFolder(dirname(target));
    } catch (error) {
      if (!isMissing(error) || attempts <= 1) throw error;
      await this.publish(temporary, target, attempts - 1);
    }
  }

  private async dropEmptyFolders(folder: string): Promise<void> {
    let current = folder;
    while (current.startsWith(`${this.root}/`)) {
      try {
        await rmdir(current);
      } catch {
        return; // not empty, or already gone: either way nothing is left to do here
      }
      current = dirname(current);
    }
  }

  private async *walk(relative: string): AsyncIterable<StoredObject> {
    for (const name of await namesIn(join(this.root, relative))) {
      if (name.startsWith('.')) continue;
      const key = relative === '' ? name : `${relative}/${name}`;
      const facts = await stat(join(this.root, key)).catch(() => null);
      if (facts?.isDirectory() === true) yield* this.walk(key);
      else if (facts?.isFile() === true) yield { key, size: facts.size, modifiedAt: facts.mtime };
    }
  }
}

async function writeWhole(
  path: string,
  source: Readable | Buffer,
  options: PutOptions,
): Promise<StoredBytes> {
  const file = await open(path, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    if (options.signal !== undefined && source instanceof Readable) addAbortSignal(options.signal, source);
    for await (const chunk of Buffer.isBuffer(source) ? [source] : source) {
      options.signal?.throwIfAborted();
      const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk as Uint8Array | string);
      bytes += part.length;
      if (bytes > (options.maxBytes ?? Infinity))
        throw new StorageFault('too-large', `More than ${options.maxBytes} bytes`);
      hash.update(part);
      await writeAll(file, part);
    }
    await file.sync();
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, part: Buffer): Promise<void> {
  let written = 0;
  while (written < part.length) written += (await file.write(part, written)).bytesWritten;
}

function checkedRange(range: ByteRange | undefined, size: number): ByteRange {
  if (range === undefined) return { start: 0, end: size - 1 };
  const inside =
    Number.isInteger(range.start) && range.start >= 0 && range.start <= range.end && range.end < size;
  if (!inside) throw new StorageFault('range', 'The range does not lie inside the object');
  return range;
}

async function emptied(file: FileHandle): Promise<{ stream: Readable; bytes: number }> {
  await file.close();
  return { stream: Readable.from([]), bytes: 0 };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const names: string[] = [];
    for await (const entry of await opendir(folder)) names.push(entry.name);
    return names.sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw asFault(error);
  }
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
}

function asFault(error: unknown): StorageFault {
  if (error instanceof StorageFault) return error;
  const code = codeOf(error);
  if (isMissing(error)) return new StorageFault('not-found', 'There is no such object', { cause: error });
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new StorageFault('full', 'The storage is full', { cause: error });
  return new StorageFault('broken', 'The storage could not be used', { cause: error });
}
