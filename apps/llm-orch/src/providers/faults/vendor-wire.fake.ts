import type { IncomingHttpHeaders } from 'node:http';
import type { TokenBuckets, ToolCall } from '../completion.js';
import type { ProviderFaultKind } from '../provider-fault.js';

/** A call as it arrived. */
export interface SeenCall {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What is said, in nobody's format. */
export interface Said {
  readonly model: string;
  readonly pieces: readonly string[];
  readonly toolCalls: readonly ToolCall[];
  readonly finish: 'stop' | 'length' | 'content_filter';
  /** Absent: the wire says nothing of usage. */
  readonly usage: TokenBuckets | undefined;
  /** Whether every chunk tells the usage so far, in formats that can. */
  readonly usageOnEveryChunk: boolean;
}

export interface WireReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A stream in three parts, so that it can break after the second. */
export interface Frames {
  readonly begin: readonly Uint8Array[];
  readonly texts: readonly Uint8Array[];
  readonly end: readonly Uint8Array[];
}

export interface AcceptedCall {
  readonly model: string;
  readonly stream: boolean;
  /** The vendor turns the call away: wrong key, path or body. */
  readonly refusal?: WireReply;
}

/** For specs: one vendor's side of the wire, which is strict about what it is sent. */
export interface VendorWire {
  readonly contentType: string;
  /** Undefined: the call is for another vendor. */
  accept(call: SeenCall): AcceptedCall | undefined;
  whole(said: Said): unknown;
  frames(said: Said): Frames;
  /** One event that cannot be read. */
  unreadable(): Uint8Array;
  fault(kind: ProviderFaultKind): WireReply;
}

export function bytes(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}
