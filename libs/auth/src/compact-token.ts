import { tokenInvalid } from './auth-faults.js';
import { repeatsAKey } from './json-keys.js';

const MAX_TOKEN_BYTES = 4096;
const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;
/** Headers that change how a token is verified or bring a key of their own: never honoured, so never accepted. */
const REFUSED_HEADERS = ['crit', 'b64', 'jku', 'x5u', 'x5c', 'jwk', 'zip', 'enc'];
/** RFC 9068 and plain JWT; `refresh+jwt` and whatever else we mint is no access token. */
export const ACCESS_TYPES: ReadonlySet<string> = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

/** What a token says of itself before anything was verified. */
export interface TokenLabel {
  readonly alg: string;
  readonly kid: string | undefined;
  readonly issuer: string;
}

/**
 * The strict form check that runs before any library sees the token: libraries accept padded, non-canonical and
 * repeated parts that two readers would understand differently.
 * @param types which `typ` headers are welcome, in lower case; a token without one counts as an access token
 * @throws TOKEN_INVALID
 */
export function readLabel(compact: string, types = ACCESS_TYPES): TokenLabel {
  if (compact.length > MAX_TOKEN_BYTES) throw tokenInvalid('larger than 4 KiB');
  const [, headerPart, payloadPart, signaturePart] = COMPACT.exec(compact) ?? [];
  if (headerPart === undefined || payloadPart === undefined || signaturePart === undefined)
    throw tokenInvalid('not three base64url parts');
  if (decode(signaturePart).length === 0) throw tokenInvalid('no signature');
  const header = readObject(decode(headerPart));
  const payload = readObject(decode(payloadPart));
  for (const name of REFUSED_HEADERS) if (name in header) throw tokenInvalid(`header ${name}`);
  const { alg, kid, typ } = header;
  if (typeof alg !== 'string') throw tokenInvalid('no alg');
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > 128)) throw tokenInvalid('odd kid');
  if (typ !== undefined && (typeof typ !== 'string' || !types.has(typ.toLowerCase())))
    throw tokenInvalid('another type of token');
  if (typeof payload.iss !== 'string') throw tokenInvalid('no issuer');
  return { alg, kid, issuer: payload.iss };
}

function decode(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw tokenInvalid('base64url is not canonical');
  return bytes;
}

function readObject(bytes: Buffer): Record<string, unknown> {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw tokenInvalid('not UTF-8 JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw tokenInvalid('not an object');
  if (repeatsAKey(text)) throw tokenInvalid('a name twice');
  return value as Record<string, unknown>;
}
