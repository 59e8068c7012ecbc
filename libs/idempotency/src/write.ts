import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import type { StreamEvent } from '@eventzr/http';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { WRITE_METADATA } from './write-options.js';

/**
 * - `atomic`: the whole handler is one transaction of this service's database; an outside call in it throws.
 * - `operation`: the handler calls out, and ends in `operations.finish(work)`.
 */
export type WriteKind = 'atomic' | 'operation';

export interface WriteExtras {
  /** Fields of `data` that are shown once: stored, and so replayed, as null. */
  readonly showOnce?: readonly string[];
  /** Turns a stored `data` into events, for a repeated request that asks for a stream. */
  readonly replayStream?: (data: unknown) => Iterable<StreamEvent>;
}

export interface WriteOptions extends WriteExtras {
  readonly kind: WriteKind;
}

/** Marks a write: it honours `Idempotency-Key`. Not for the login family, whose answers are never stored. */
export function Write(kind: WriteKind, extras: WriteExtras = {}): MethodDecorator {
  const options: WriteOptions = { kind, ...extras };
  return applyDecorators(SetMetadata(WRITE_METADATA, options), UseInterceptors(IdempotencyInterceptor));
}
