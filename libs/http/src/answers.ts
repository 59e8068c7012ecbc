import type { Readable } from 'node:stream';

export interface ReplyOptions {
  readonly status?: number;
  /** `Location`, due with a 201. */
  readonly location?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A value with a status, location or headers of its own. */
export class Reply<T = unknown> {
  constructor(
    readonly data: T,
    readonly options: ReplyOptions,
  ) {}
}

/** Answers `data` with a status, `Location` or headers chosen by the handler. */
export function reply<T>(data: T, options: ReplyOptions = {}): Reply<T> {
  return new Reply(data, options);
}

export interface PageInfo {
  readonly nextCursor: string | null;
  readonly limit: number;
  /** Default: whether there is a next cursor. */
  readonly hasMore?: boolean;
  readonly total?: number;
  readonly page?: number;
}

/** One page of a list: `data` is the array, `page` says how to go on. */
export class Paged<T = unknown> {
  constructor(
    readonly items: readonly T[],
    readonly info: PageInfo,
    readonly options: ReplyOptions = {},
  ) {}
}

/** Answers one page of a list. */
export function paged<T>(items: readonly T[], info: PageInfo): Paged<T> {
  return new Paged(items, info);
}

/** Extra `meta` beside request, trace and tenant. */
export class WithMeta<T = unknown> {
  constructor(
    readonly answer: T,
    readonly meta: Readonly<Record<string, unknown>>,
  ) {}
}

/** Adds entries to the envelope's `meta`; keys are snake_case. */
export function withMeta<T>(answer: T, meta: Readonly<Record<string, unknown>>): WithMeta<T> {
  return new WithMeta(answer, meta);
}

export interface StreamEvent {
  readonly event?: string;
  /** A string is sent as it stands, everything else as JSON. */
  readonly data: unknown;
  readonly id?: string;
}

export interface StreamOptions {
  /** Comment lines while nothing happens; default every 15 s. */
  readonly heartbeatMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Server-sent events. What is thrown before the first event becomes a JSON envelope, later ones an `error` event.
 * The iterator is returned (its `finally` runs) when the caller goes away.
 */
export class Streamed {
  constructor(
    readonly events: AsyncIterable<StreamEvent>,
    readonly options: StreamOptions = {},
  ) {}
}

/** Answers with server-sent events. */
export function streamed(events: AsyncIterable<StreamEvent>, options: StreamOptions = {}): Streamed {
  return new Streamed(events, options);
}

/** Raw bytes with their headers; never enveloped. */
export class Bytes {
  constructor(
    readonly source: Readable | Uint8Array | string,
    readonly headers: Readonly<Record<string, string | number>>,
    readonly status: number | undefined,
  ) {}
}

/** Answers raw bytes; `headers` must name the `content-type`. */
export function bytes(
  source: Readable | Uint8Array | string,
  headers: Readonly<Record<string, string | number>>,
  status?: number,
): Bytes {
  return new Bytes(source, headers, status);
}

/**
 * An answer whose body is final: what idempotency stores and replays, and what every enveloped result turns into just
 * before it is sent. `body` is the complete JSON text.
 */
export class RenderedAnswer {
  constructor(
    readonly status: number,
    readonly body: string,
    /** With `content-type`, and `location` where there is one. */
    readonly headers: Readonly<Record<string, string>>,
  ) {}
}
