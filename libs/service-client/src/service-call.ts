import type { ServiceName } from '@eventzr/config';
import type { Upload } from './upload.js';

/** A call to another service's private listener. */
export interface ServiceCall {
  readonly service: ServiceName;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With the service's prefix, e.g. `/wallet/v1/internal/holds`. */
  readonly path: string;
  readonly body?: unknown;
  /** A file instead of a body. What its `open` throws is thrown as it stands. */
  readonly upload?: Upload;
  /** For the whole call, repetitions included. */
  readonly timeoutMs: number;
  /** Whether sending it twice does no harm; otherwise it is repeated only when it surely was never taken up. */
  readonly idempotent: boolean;
  /** Sends the caller's own token along. */
  readonly forwardToken?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}
