import { createHash, randomBytes } from 'node:crypto';

const TENANT_BYTES = 16;
const SECRET_BYTES = 32;
const FORM = /^[A-Za-z0-9_-]{64}$/;

export type TokenPurpose = 'verify_email' | 'reset_password';

export interface TokenFacts {
  /** Which tenant's rows to look at: the token says so itself, so that nobody needs to look across tenants. */
  readonly tenantId: string;
  /** What the database keeps of it. */
  readonly digest: Uint8Array<ArrayBuffer>;
}

/** A token for an account of `tenantId`: the tenant's id and 256 random bits, as base64url. */
export function newAccountToken(tenantId: string): string {
  const tenant = Buffer.from(tenantId.replaceAll('-', ''), 'hex');
  return Buffer.concat([tenant, randomBytes(SECRET_BYTES)]).toString('base64url');
}

/** What a token says; undefined for a text that cannot be one. */
export function readAccountToken(token: string): TokenFacts | undefined {
  if (!FORM.test(token)) return undefined;
  const hex = Buffer.from(token, 'base64url').subarray(0, TENANT_BYTES).toString('hex');
  const tenantId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { tenantId, digest: Uint8Array.from(createHash('sha256').update(token).digest()) };
}
