import { createHash } from 'node:crypto';
import type { MultipartForm } from '@eventzr/http';

/** What makes two requests the same request; not `Accept`, not `Prefer`, no trace ids. */
export interface RequestFacts {
  readonly body: unknown;
  readonly params: unknown;
  readonly query: unknown;
  readonly wallet: string | undefined;
  readonly budget: string | undefined;
  readonly form?: MultipartForm<object>;
}

/** SHA-256 over the canonical form of the request. */
export function fingerprintOf(facts: RequestFacts): Buffer {
  const { body, params, query, wallet, budget, form } = facts;
  const parts = [
    form === undefined ? content(body) : formFacts(form),
    params ?? {},
    query ?? {},
    wallet ?? null,
    budget ?? null,
  ];
  return createHash('sha256').update(canonicalJson(parts)).digest();
}

/** JSON with sorted keys and no white space (RFC 8785), so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    // RFC 8785 sorts by UTF-16 code units, which is what the comparison of strings does.
    entries.sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

function content(body: unknown): unknown {
  if (body instanceof Uint8Array) return { bytes: createHash('sha256').update(body).digest('hex') };
  return body ?? null;
}

function formFacts({ fields, files }: MultipartForm<object>): unknown {
  return {
    fields,
    files: files.map(({ field, filename, mimeType, sha256 }) => [field, filename, mimeType, sha256]),
  };
}
