import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { Strategy, type StrategyOptionsWithRequest } from 'passport-jwt';
import { CatalogueError, HttpErrors } from '@eventzr/http';
import type { Clock } from '@eventzr/config';
import { tokenInvalid, tokenRefused } from './auth-faults.js';
import { readClaims, type VerifiedToken } from './claims.js';
import { readLabel } from './compact-token.js';
import type { KeyTable, VerificationKey } from './key-table.js';
import type { RevocationFeed } from './revocation-feed.js';

/** What stands in for the HTTP request: the strategy reads nothing else of it. */
interface TokenRequest {
  readonly compact: string;
  key?: VerificationKey;
}

type KeyCallback = (fault: unknown, key?: string | Buffer) => void;

const Base = PassportStrategy(Strategy, 'access-token');

/** passport-jwt over the key table: strict form first, then key, algorithm and signature, then claims. */
export class AccessTokenStrategy extends Base {
  constructor(
    private readonly keys: KeyTable,
    private readonly feed: RevocationFeed,
    private readonly clock: Clock,
  ) {
    const options: StrategyOptionsWithRequest = {
      jwtFromRequest: (request) => tokenOf(request).compact,
      secretOrKeyProvider: (request, _compact, done: KeyCallback) =>
        void this.provideKey(tokenOf(request), done),
      passReqToCallback: true,
      algorithms: ['RS256', 'HS256'],
      // Time is judged by `readClaims` and `assertNotExpired`, on the injected clock and with the platform's skew.
      ignoreExpiration: true,
      jsonWebTokenOptions: { ignoreNotBefore: true },
    };
    super(options);
  }

  /** A registry of its own: with several services in one process, the global one would keep only the last's keys. */
  getPassportInstance(): typeof passport {
    return new passport.Passport() as unknown as typeof passport; // its types lack the authenticator class's full shape
  }

  validate(request: unknown, payload: Record<string, unknown>): VerifiedToken {
    const { key, compact } = tokenOf(request);
    if (key === undefined) throw tokenInvalid('no key');
    return readClaims(payload, key, compact, this.clock.now().getTime() / 1000);
  }

  /**
   * Verifies one compact token the way passport drives a strategy: on a copy that carries the outcome callbacks.
   * @throws TOKEN_INVALID and its kind
   */
  run(compact: string): Promise<VerifiedToken> {
    return new Promise((resolve, reject) => {
      const attempt = Object.create(this) as AccessTokenStrategy;
      attempt.success = (user: unknown) => resolve(user as VerifiedToken);
      attempt.fail = (challenge: unknown) => reject(refusalOf(challenge));
      attempt.error = (fault: unknown) => reject(refusalOf(fault));
      const request: TokenRequest = { compact };
      attempt.authenticate(request as never); // express's Request by type; only `compact` is read
    });
  }

  private async provideKey(request: TokenRequest, done: KeyCallback): Promise<void> {
    try {
      request.key = await this.keyFor(request.compact);
      // jsonwebtoken takes KeyObjects, which its passport types do not know.
      done(null, request.key.key as unknown as Buffer);
    } catch (fault) {
      done(fault);
    }
  }

  private async keyFor(compact: string): Promise<VerificationKey> {
    const { alg, issuer, kid } = readLabel(compact);
    let key = this.keys.find(issuer, kid);
    if (key === undefined && kid !== undefined && this.keys.isPublishedIssuer(issuer)) {
      await this.feed.pullEarly();
      key = this.keys.find(issuer, kid);
    }
    if (key === undefined) throw tokenInvalid('unknown key');
    if (key.alg !== alg) throw tokenInvalid('not the algorithm of this key');
    return key;
  }
}

function tokenOf(request: unknown): TokenRequest {
  return request as TokenRequest;
}

function refusalOf(fault: unknown): CatalogueError {
  return fault instanceof CatalogueError ? fault : tokenRefused(HttpErrors.TOKEN_INVALID, fault);
}
