import { createHmac, timingSafeEqual } from 'node:crypto';
import { isUuid, type Clock } from '@eventzr/config';

/** What a signed link opens: one path, for one tenant, until one instant. */
export interface SignedScope {
  /** The exact path that the link opens, e.g. `/vault/v1/assets/<id>/content`. */
  readonly path: string;
  readonly tenantId: string;
  readonly expiresAt: Date;
}

export interface SigningKeys {
  /** At least 32 characters; signs and verifies. */
  readonly current: string;
  /** Verifies as well, while keys are being replaced. */
  readonly next?: string | undefined;
}

/** The query parameter that carries the credential. */
export const SIGNATURE_PARAMETER = 'sig';

const CREDENTIAL = /^([0-9a-f-]{36})\.([0-9a-z]{1,11})\.([A-Za-z0-9_-]{43})$/;

/**
 * Expiring credentials for one path. The credential begins with its tenant's id, so that whoever verifies it knows under which
 * tenant to look before anything else is read.
 */
export class SignedUrls {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {
    if (keys.current.length < 32) throw new Error('URL_SIGNING_KEY must have at least 32 characters');
  }

  /** `<tenant>.<expiry, base 36 seconds>.<HMAC-SHA256, base64url>` */
  sign({ path, tenantId, expiresAt }: SignedScope): string {
    const expiry = Math.floor(expiresAt.getTime() / 1000).toString(36);
    return `${tenantId}.${expiry}.${mac(this.keys.current, tenantId, expiry, path).toString('base64url')}`;
  }

  /** `path` with its credential, ready to be appended to the public base address. */
  signPath(scope: SignedScope): string {
    return `${scope.path}?${SIGNATURE_PARAMETER}=${this.sign(scope)}`;
  }

  /** The scope that `credential` opens at `path`, or null: forged, for another path, or over. */
  verify(path: string, credential: unknown): SignedScope | null {
    const parts = typeof credential === 'string' ? CREDENTIAL.exec(credential) : null;
    if (parts === null) return null;
    const [, tenantId = '', expiry = '', signature = ''] = parts;
    const given = Buffer.from(signature, 'base64url');
    // The last character of 32 bytes in base64url carries two unused bits: only the canonical spelling is a signature.
    if (!isUuid(tenantId) || given.length !== 32 || given.toString('base64url') !== signature) return null;
    const expiresAt = new Date(Number.parseInt(expiry, 36) * 1000);
    const genuine = this.allKeys().map((key) => timingSafeEqual(mac(key, tenantId, expiry, path), given));
    if (!genuine.includes(true) || !(expiresAt.getTime() > this.clock.now().getTime())) return null;
    return { path, tenantId, expiresAt };
  }

  private allKeys(): string[] {
    return this.keys.next === undefined ? [this.keys.current] : [this.keys.current, this.keys.next];
  }
}

function mac(key: string, tenantId: string, expiry: string, path: string): Buffer {
  return createHmac('sha256', key).update(`${tenantId}\n${expiry}\n${path}`).digest();
}
