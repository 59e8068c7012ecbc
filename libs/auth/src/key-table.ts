import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { ConfigError, type HouseConfig } from '@eventzr/config';
import { legacyKey } from './legacy-secret.js';

export type SigningAlgorithm = 'RS256' | 'HS256';

/** One way to sign: the algorithm, audience and issuer belong to the key, never to the token. */
export interface VerificationKey {
  readonly kid: string;
  readonly issuer: string;
  readonly audience: string;
  readonly alg: SigningAlgorithm;
  readonly key: KeyObject;
  /** Whether tokens under this key may carry the role `admin`. */
  readonly mayAssertAdmin: boolean;
  /** The key's public text: equal text keeps the same entry across reloads. */
  readonly fingerprint: string;
}

/** A public key as auth's feed lists it. */
export interface PublishedKey {
  readonly kid: string;
  readonly alg: string;
  readonly jwk: JsonWebKey;
}

/** The kid of the legacy HS256 issuer's one key; its old tokens carry none. */
export const LEGACY_KID = 'legacy-hs256';

const MIN_RSA_BITS = 2048;
const PRIVATE_PARTS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** issuer -> kid -> typed key. An RSA key can never reach an HMAC, nor the other way round. */
export class KeyTable {
  private published = new Map<string, VerificationKey>();
  private readonly legacy: VerificationKey | undefined;

  /** @throws ConfigError when the legacy issuer is configured in an unsafe way */
  constructor(private readonly config: HouseConfig) {
    this.legacy = config.jwtHs256Secret === undefined ? undefined : this.legacyEntry(config.jwtHs256Secret);
  }

  find(issuer: string, kid: string | undefined): VerificationKey | undefined {
    if (issuer === this.config.jwtIssuer) return kid === undefined ? undefined : this.published.get(kid);
    if (issuer !== this.legacy?.issuer) return undefined;
    return kid === undefined || kid === LEGACY_KID ? this.legacy : undefined;
  }

  /** Whether another look at the feed could bring the key of `issuer`. */
  isPublishedIssuer(issuer: string): boolean {
    return issuer === this.config.jwtIssuer;
  }

  /** Whether `key` is still in force; false once its kid left the feed. */
  isLive(key: VerificationKey): boolean {
    return key === this.legacy || this.published.get(key.kid) === key;
  }

  /**
   * Replaces the published keys.
   * @throws Error and keeps what it has when the list is empty, repeats a kid or holds anything but public RSA keys
   */
  replace(keys: readonly PublishedKey[]): void {
    if (keys.length === 0) throw new Error('the key list is empty');
    const next = new Map<string, VerificationKey>();
    for (const key of keys) {
      if (next.has(key.kid)) throw new Error(`the kid ${key.kid} is listed twice`);
      next.set(key.kid, this.entryOf(key));
    }
    this.published = next;
  }

  private entryOf({ kid, alg, jwk }: PublishedKey): VerificationKey {
    const fingerprint = `${alg}:${jwk.kty}:${jwk.n}:${jwk.e}`;
    const known = this.published.get(kid);
    if (known?.fingerprint === fingerprint) return known;
    if (alg !== 'RS256' || jwk.kty !== 'RSA') throw new Error(`the key ${kid} is not an RS256 key`);
    if (PRIVATE_PARTS.some((part) => part in jwk)) throw new Error(`the key ${kid} carries private parts`);
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < MIN_RSA_BITS)
      throw new Error(`the key ${kid} is too short`);
    const { jwtIssuer: issuer, jwtAudience: audience } = this.config;
    return { kid, issuer, audience, alg: 'RS256', key, mayAssertAdmin: true, fingerprint };
  }

  private legacyEntry(secret: string): VerificationKey {
    const { jwtIssuer, jwtHs256Issuer: issuer, jwtHs256Audience: audience } = this.config;
    if (issuer === jwtIssuer)
      throw new ConfigError(['JWT_HS256_ISSUER must differ from JWT_ISSUER: each issuer has one algorithm']);
    const mayAssertAdmin = this.config.jwtHs256Admin === 'on';
    return {
      kid: LEGACY_KID,
      issuer,
      audience,
      alg: 'HS256',
      key: legacyKey(secret),
      mayAssertAdmin,
      fingerprint: LEGACY_KID,
    };
  }
}
