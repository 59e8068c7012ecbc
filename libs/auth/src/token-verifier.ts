import { hash } from 'node:crypto';
import type { Clock } from '@eventzr/config';
import { HttpErrors, type Principal } from '@eventzr/http';
import { LRUCache } from 'lru-cache';
import type { AccessTokenStrategy } from './access-token.strategy.js';
import { tokenInvalid, tokenRefused } from './auth-faults.js';
import { assertNotExpired, type VerifiedToken } from './claims.js';
import type { KeyTable } from './key-table.js';
import type { RevocationFeed } from './revocation-feed.js';

const MAX_CACHED_TOKENS = 5_000;

export interface VerifyOptions {
  /** How long past `exp` the token still counts: work that a caller began in time may end after it. */
  readonly graceSeconds?: number;
}

/**
 * Verifies access tokens; the hottest path of every service. A signature is checked once per token and process,
 * everything that can change (time, key, session, user, tenant) on every use.
 */
export class TokenVerifier {
  private readonly verified = new LRUCache<string, VerifiedToken>({ max: MAX_CACHED_TOKENS });

  constructor(
    private readonly strategy: AccessTokenStrategy,
    private readonly keys: KeyTable,
    private readonly feed: RevocationFeed,
    private readonly clock: Clock,
  ) {}

  /** @throws TOKEN_INVALID, TOKEN_EXPIRED, TOKEN_REVOKED */
  async verify(compact: string, options: VerifyOptions = {}): Promise<Principal> {
    return this.verifyKnown(compact, options) ?? this.verifyUnknown(compact, options);
  }

  /**
   * The synchronous path for a token that was verified before; undefined when it was not.
   * @throws TOKEN_EXPIRED, TOKEN_REVOKED
   */
  verifyKnown(compact: string, options: VerifyOptions = {}): Principal | undefined {
    const known = this.verified.get(digestOf(compact));
    return known === undefined ? undefined : this.recheck(known, options);
  }

  private async verifyUnknown(compact: string, options: VerifyOptions): Promise<Principal> {
    const token = await this.strategy.run(compact);
    const principal = this.recheck(token, options);
    this.verified.set(digestOf(compact), token);
    return principal;
  }

  private recheck(token: VerifiedToken, { graceSeconds = 0 }: VerifyOptions): Principal {
    assertNotExpired(token, this.clock.now().getTime() / 1000, graceSeconds);
    if (!this.keys.isLive(token.key)) throw tokenInvalid('its key is no longer in force');
    if (this.feed.isRevoked(token)) throw tokenRefused(HttpErrors.TOKEN_REVOKED);
    return token.principal;
  }
}

function digestOf(compact: string): string {
  return hash('sha256', compact, 'base64');
}
