import type { Readable } from 'node:stream';

/** Why the store refused; callers map it to their own catalogue. */
export type StorageFaultKind = 'not-found' | 'invalid-key' | 'too-large' | 'full' | 'range' | 'broken';

/** The only kind of error that a `ByteStore` throws on purpose. */
export class StorageFault extends Error {
  constructor(
    readonly kind: StorageFaultKind,
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
    this.name = 'StorageFault';
  }
}

/** Both ends are included, as in HTTP. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface StoredBytes {
  readonly bytes: number;
  /** Lower-case hex, computed from the bytes that were really written. */
  readonly sha256: string;
}

export interface StoredObject {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: Date;
}

export interface BytesRead {
  readonly stream: Readable;
  /** How many bytes `stream` will give. */
  readonly bytes: number;
  /** The size of the whole object. */
  readonly size: number;
}

export interface PutOptions {
  readonly mimeType: string;
  /** More than this many bytes: `too-large`, and nothing is kept. */
  readonly maxBytes?: number;
  /** Ends the write early; nothing is kept. */
  readonly signal?: AbortSignal;
}

/**
 * Where bytes live. Keys are made by us (`tenants/<tenant>/assets/<id>/original`), never taken from a caller; a key is either
 * absent or holds a complete object: a crash in the middle of `put` leaves nothing that `read`, `stat` or `list` would show.
 */
export abstract class ByteStore {
  /** Writes the whole source under `key`, replacing what was there in one step. */
  abstract put(key: string, source: Readable | Buffer, options: PutOptions): Promise<StoredBytes>;

  /** @throws StorageFault `not-found`, or `range` when the range does not lie inside the object */
  abstract read(key: string, range?: ByteRange): Promise<BytesRead>;

  /** Null when there is no such object. */
  abstract stat(key: string): Promise<StoredObject | null>;

  /** Removing what is not there succeeds. */
  abstract remove(key: string): Promise<void>;

  /** Every object below `prefix` (a folder such as `tenants/<tenant>`, or `''` for all). */
  abstract list(prefix: string): AsyncIterable<StoredObject>;

  /** Drops what interrupted writes left behind before `olderThan`; answers how many. */
  abstract sweepIncomplete(olderThan: Date): Promise<number>;
}

const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;
const LONGEST_KEY = 512;

/**
 * The form that every key must have: no absolute path, no `..`, no hidden segment, no NUL, nothing that needs escaping.
 * @throws StorageFault `invalid-key`
 */
export function assertKey(key: string): void {
  if (key.length > LONGEST_KEY || key.includes('..') || !KEY.test(key)) {
    throw new StorageFault('invalid-key', 'A storage key must be made of plain segments');
  }
}
