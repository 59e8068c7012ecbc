import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { FetchRefused } from './fetch-refused.js';
import type { FetchLimits } from './safe-fetch.js';

export interface Answer {
  readonly bytes: Buffer;
  readonly mimeType: string;
}

const DECODERS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Reads at most `maxBytes` bytes, counted on the wire and again after decompression. */
export async function readBody(answer: Dispatcher.ResponseData, limits: FetchLimits): Promise<Answer> {
  const mimeType = essence(answer.headers['content-type']);
  if (!accepts(limits.accept, mimeType)) throw new FetchRefused('wrong-type');
  if (Number(answer.headers['content-length'] ?? 0) > limits.maxBytes) throw new FetchRefused('too-large');
  return { bytes: await collect(decoded(answer, limits.maxBytes), limits.maxBytes), mimeType };
}

/** Everything that can go wrong on the way, as one of our kinds. */
export function asRefusal(error: unknown, signal: AbortSignal): FetchRefused {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if (cause instanceof FetchRefused) return cause;
  }
  return new FetchRefused(signal.aborted ? 'timeout' : 'unreachable', { cause: error });
}

function decoded(answer: Dispatcher.ResponseData, maxBytes: number): Readable {
  const encoding = String(answer.headers['content-encoding'] ?? 'identity').trim().toLowerCase(); // prettier-ignore
  if (encoding === 'identity' || encoding === '') return answer.body;
  if (!Object.hasOwn(DECODERS, encoding)) throw new FetchRefused('bad-status', { status: answer.statusCode });
  const decoder = DECODERS[encoding as keyof typeof DECODERS]();
  const wire = Readable.from(capped(answer.body, maxBytes));
  wire.on('error', (error) => decoder.destroy(error));
  return wire.pipe(decoder);
}

async function collect(source: Readable, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of capped(source, maxBytes)) parts.push(part);
  return Buffer.concat(parts);
}

async function* capped(source: Readable, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const part of source as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw new FetchRefused('too-large');
    yield part;
  }
}

function essence(header: string | string[] | undefined): string {
  const text = Array.isArray(header) ? header[0] : header;
  const [type = ''] = (text ?? '').split(';');
  return type.trim().toLowerCase() || 'application/octet-stream';
}

function accepts(accept: readonly string[] | undefined, mimeType: string): boolean {
  if (accept === undefined) return true;
  return accept.some(
    (entry) => entry === mimeType || (entry.endsWith('/*') && mimeType.startsWith(entry.slice(0, -1))),
  );
}
