import type { ByteRange } from './byte-store.js';
import { resolveRange } from './byte-range.js';

/** What is known about the object whose bytes are asked for. */
export interface ContentFacts {
  readonly size: number;
  readonly sha256: string;
  /** The sniffed type that was stored, never what a caller claims at read time. */
  readonly mimeType: string;
  /** The user's name for it: metadata only. */
  readonly filename: string;
  readonly modifiedAt: Date;
}

/** The request headers that decide how bytes are answered. */
export interface ContentRequest {
  readonly range?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly ifRange?: string | undefined;
  /** `download` forces an attachment, whatever the type. */
  readonly download?: boolean | undefined;
}

export interface ContentAnswer {
  readonly status: 200 | 206 | 304 | 416;
  readonly headers: Readonly<Record<string, string>>;
  /** What to read from the store; undefined when no bytes are sent or all of them are. */
  readonly range: ByteRange | undefined;
  /** Whether the answer has a body of stored bytes. */
  readonly withBytes: boolean;
}

const SHOWN_INLINE =
  /^(image\/(png|jpeg|gif|webp|avif)|(video|audio)\/[a-z0-9.+-]+|application\/pdf|text\/plain)$/;

/** Decides status and headers for stored bytes: ranges, validators, a safe disposition, no sniffing. */
export function contentAnswer(facts: ContentFacts, request: ContentRequest): ContentAnswer {
  const etag = `"${facts.sha256}"`;
  const headers: Record<string, string> = {
    etag,
    'last-modified': facts.modifiedAt.toUTCString(),
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=0, must-revalidate',
    'x-content-type-options': 'nosniff',
  };
  if (matchesEtag(request.ifNoneMatch, etag))
    return { status: 304, headers, range: undefined, withBytes: false };
  const range = rangeAllowed(request.ifRange, etag) ? resolveRange(request.range, facts.size) : 'whole';
  if (range === 'unsatisfiable') {
    return {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${facts.size}` },
      range: undefined,
      withBytes: false,
    };
  }
  Object.assign(headers, {
    'content-type': facts.mimeType,
    'content-disposition': contentDisposition(facts, request.download === true),
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'",
    'content-length': String(range === 'whole' ? facts.size : range.end - range.start + 1),
  });
  if (range === 'whole') return { status: 200, headers, range: undefined, withBytes: true };
  headers['content-range'] = `bytes ${range.start}-${range.end}/${facts.size}`;
  return { status: 206, headers, range, withBytes: true };
}

/** `inline` only for types that a browser shows without running anything; the name in both forms of RFC 6266. */
export function contentDisposition(
  facts: { readonly mimeType: string; readonly filename: string },
  download: boolean,
): string {
  const kind = !download && SHOWN_INLINE.test(facts.mimeType) ? 'inline' : 'attachment';
  // eslint-disable-next-line no-control-regex -- control characters are exactly what must not reach a header
  const name = wellFormed(facts.filename).replace(/[\u0000-\u001f\u007f]/g, '') || 'file';
  const plain = name.replace(/[^\x20-\x7e]|["\\%/]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return (
    header.trim() === '*' ||
    header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag)
  );
}

/** A range is honoured only for the very bytes that the caller has already (RFC 9110, 13.1.5); dates are not strong enough. */
function rangeAllowed(ifRange: string | undefined, etag: string): boolean {
  return ifRange === undefined || ifRange.trim() === etag;
}

/** Half of a surrogate pair becomes U+FFFD: `encodeURIComponent` throws on it. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
