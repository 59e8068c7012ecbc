import { isUuid } from '@eventzr/config';
import { HttpErrors } from '@eventzr/http';
import { credentialMissing, tokenInvalid } from './auth-faults.js';
import type { HeaderValue } from './service-keys.js';

const BEARER = /^bearer(?: +(.*))?$/i;
const USUAL = 'Bearer ';
const SPACE = 0x20;

/**
 * The compact token of an Authorization header; undefined when there is no header.
 * @throws UNAUTHORIZED for another scheme, TOKEN_INVALID for none after the scheme
 */
export function bearerOf(header: HeaderValue): string | undefined {
  if (header === undefined) return undefined;
  // What nearly everyone sends, without a pattern run over the whole token.
  if (typeof header === 'string' && header.startsWith(USUAL) && header.charCodeAt(USUAL.length) > SPACE)
    return header.slice(USUAL.length);
  const match = typeof header === 'string' ? BEARER.exec(header) : null;
  if (match === null) throw credentialMissing();
  const compact = match[1] ?? '';
  if (compact === '') throw tokenInvalid('empty');
  return compact;
}

/** @throws TENANT_MISMATCH when the `x-tenant-id` header names anything but `tenantId` */
export function assertTenant(header: HeaderValue, tenantId: string): void {
  if (header === undefined || header === tenantId) return;
  if (!isUuid(header) || header.toLowerCase() !== tenantId) throw HttpErrors.TENANT_MISMATCH();
}
