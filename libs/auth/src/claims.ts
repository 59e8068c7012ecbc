import { isUuid } from '@eventzr/config';
import { HttpErrors, type Principal } from '@eventzr/http';
import { tokenInvalid, tokenRefused } from './auth-faults.js';
import type { VerificationKey } from './key-table.js';
import { isRole } from './roles.js';
import { normalizeTier } from './tier.js';

export const CLOCK_SKEW_SECONDS = 30;
const MAX_LIFETIME_SECONDS = 24 * 3600;

/** A token whose signature and claims were found good; time and revocation are looked at again on every use. */
export interface VerifiedToken {
  readonly principal: Principal;
  readonly key: VerificationKey;
  readonly issuedAtSeconds: number;
  readonly expiresAtSeconds: number;
}

type Claims = Readonly<Record<string, unknown>>;

/**
 * Reads the claims of a token whose signature under `key` was verified.
 * @throws TOKEN_INVALID when one is missing, of the wrong type, or not this key's to assert
 */
export function readClaims(
  claims: Claims,
  key: VerificationKey,
  token: string,
  nowSeconds: number,
): VerifiedToken {
  checkAddressing(claims, key);
  const issuedAtSeconds = seconds(claims, 'iat');
  const expiresAtSeconds = seconds(claims, 'exp');
  checkTimes(claims, issuedAtSeconds, expiresAtSeconds, nowSeconds);
  const roles = texts(claims, 'roles').filter(isRole);
  if (roles.includes('admin') && !key.mayAssertAdmin) throw tokenInvalid('this issuer may not assert admin');
  const planTier = optionalText(claims, 'planTier');
  const principal: Principal = {
    userId: uuid(claims, 'sub'),
    tenantId: uuid(claims, 'tenantId'),
    email: optionalText(claims, 'email') ?? '',
    roles,
    tier: normalizeTier(planTier),
    planTier,
    sessionId: optionalText(claims, 'sid'),
    tokenId: optionalText(claims, 'jti'),
    amr: texts(claims, 'amr'),
    stepUp: texts(claims, 'step_up'),
    expiresAt: new Date(expiresAtSeconds * 1000),
    token,
  };
  return { principal: Object.freeze(principal), key, issuedAtSeconds, expiresAtSeconds };
}

/** @throws TOKEN_EXPIRED once `graceSeconds` and the clock skew are over */
export function assertNotExpired(token: VerifiedToken, nowSeconds: number, graceSeconds: number): void {
  if (nowSeconds >= token.expiresAtSeconds + CLOCK_SKEW_SECONDS + graceSeconds)
    throw tokenRefused(HttpErrors.TOKEN_EXPIRED);
}

function checkAddressing(claims: Claims, key: VerificationKey): void {
  if (claims.iss !== key.issuer) throw tokenInvalid('foreign issuer');
  const audiences = Array.isArray(claims.aud) ? (claims.aud as unknown[]) : [claims.aud];
  if (!audiences.includes(key.audience)) throw tokenInvalid('foreign audience');
}

function checkTimes(claims: Claims, issuedAt: number, expiresAt: number, now: number): void {
  if (issuedAt > now + CLOCK_SKEW_SECONDS) throw tokenInvalid('issued in the future');
  if (claims.nbf !== undefined && seconds(claims, 'nbf') > now + CLOCK_SKEW_SECONDS)
    throw tokenInvalid('not yet valid');
  if (expiresAt <= issuedAt || expiresAt - issuedAt > MAX_LIFETIME_SECONDS)
    throw tokenInvalid('lives longer than a day');
}

function seconds(claims: Claims, name: string): number {
  const value = claims[name];
  if (!Number.isSafeInteger(value) || Number(value) < 0)
    throw tokenInvalid(`${name} is not a whole number of seconds`);
  return Number(value);
}

function uuid(claims: Claims, name: string): string {
  const value = claims[name];
  if (!isUuid(value)) throw tokenInvalid(`${name} is not a UUID`);
  return value.toLowerCase();
}

function optionalText(claims: Claims, name: string): string | undefined {
  const value = claims[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw tokenInvalid(`${name} is not text`);
  return value;
}

function texts(claims: Claims, name: string): string[] {
  const value = claims[name] ?? [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw tokenInvalid(`${name} is not a list of texts`);
  return value;
}
