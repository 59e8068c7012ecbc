import { createSecretKey, type KeyObject } from 'node:crypto';
import { ConfigError } from '@eventzr/config';

const MIN_BYTES = 32;

/**
 * The legacy issuer's HMAC key.
 * @throws ConfigError when the secret is short, or is text that is public by nature (PEM, JWK): whoever knows the
 * public key could then sign (fast-jwt GHSA-g3jj-5cmm-3hxx)
 */
export function legacyKey(secret: string): KeyObject {
  const refuse = (why: string) => new ConfigError([`JWT_HS256_SECRET ${why}`]);
  if (Buffer.byteLength(secret.trim()) < MIN_BYTES)
    throw refuse(`must have at least ${MIN_BYTES} bytes; make one with: openssl rand -base64 48`);
  if (secret.includes('-----BEGIN')) throw refuse('is a PEM document; it must be a random secret');
  if (isJwk(secret)) throw refuse('is a JWK; it must be a random secret');
  return createSecretKey(Buffer.from(secret));
}

function isJwk(secret: string): boolean {
  try {
    const value: unknown = JSON.parse(secret);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
