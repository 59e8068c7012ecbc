import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LEGACY_KID, legacyKey, type SigningAlgorithm } from '@eventzr/auth';
import { Clock, newId } from '@eventzr/config';
import { SignJWT, type JWTPayload } from 'jose';
import { passwordSetMs, type Account } from '../accounts/account.js';
import { AuthConfig } from '../config.js';
import { KeyRing } from '../keys/key-ring.js';

export const ACCESS_SECONDS = 3_600;
export const CHALLENGE_SECONDS = 300;
export const REFRESH_TYPE = 'refresh+jwt';
export const CHALLENGE_TYPE = 'mfa+jwt';

/** What of a session its access tokens tell. */
export interface AccessFacts {
  readonly sessionId: string;
  readonly amr: readonly string[];
  readonly algorithm: SigningAlgorithm;
}

/** What of a session its live refresh token tells; the same facts always make the same token. */
export interface RefreshFacts {
  readonly tenantId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly jti: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

interface Spell {
  readonly typ: string;
  readonly audience: string;
  readonly issuedAtSeconds: number;
  readonly expiresAtSeconds: number;
}

/** Writes all tokens of the platform. */
@Injectable()
export class TokenMinter {
  private readonly legacy: KeyObject | undefined;

  constructor(
    private readonly ring: KeyRing,
    private readonly config: AuthConfig,
    private readonly clock: Clock,
  ) {
    this.legacy = config.jwtHs256Secret === undefined ? undefined : legacyKey(config.jwtHs256Secret);
  }

  access(account: Account, { sessionId, amr, algorithm }: AccessFacts): Promise<string> {
    const stepUp =
      account.mfaPolicy === 'step_up' && account.stepUpServices.length > 0
        ? { step_up: account.stepUpServices }
        : {};
    const claims = {
      sub: account.id,
      tenantId: account.tenantId,
      email: account.email,
      roles: account.roles,
      ...(account.planTier === null ? {} : { planTier: account.planTier }),
      ...stepUp,
      amr,
      sid: sessionId,
      jti: newId(),
    };
    const issuedAtSeconds = this.nowSeconds();
    const times = { issuedAtSeconds, expiresAtSeconds: issuedAtSeconds + ACCESS_SECONDS };
    // A session outlives a change of roles: an administrator's tokens leave the legacy issuer at the next refresh.
    if (algorithm === 'HS256' && this.legacy !== undefined && mayBeLegacy(account, this.config))
      return this.signLegacy(claims, times, this.legacy);
    return this.sign(claims, { typ: 'at+jwt', audience: this.config.jwtAudience, ...times });
  }

  refresh({ tenantId, userId, sessionId, jti, issuedAt, expiresAt }: RefreshFacts): Promise<string> {
    const times = { issuedAtSeconds: secondsOf(issuedAt), expiresAtSeconds: secondsOf(expiresAt) };
    return this.sign(
      { sub: userId, tenantId, sid: sessionId, jti },
      { typ: REFRESH_TYPE, audience: this.config.jwtIssuer, ...times },
    );
  }

  /** Proof that the password was right, good for nothing but the second factor. */
  challenge(account: Account, algorithm: SigningAlgorithm): Promise<string> {
    const issuedAtSeconds = this.nowSeconds();
    const times = { issuedAtSeconds, expiresAtSeconds: issuedAtSeconds + CHALLENGE_SECONDS };
    const claims = {
      sub: account.id,
      tenantId: account.tenantId,
      jti: newId(),
      access_alg: algorithm,
      pwd_at: passwordSetMs(account),
    };
    return this.sign(claims, { typ: CHALLENGE_TYPE, audience: this.config.jwtIssuer, ...times });
  }

  private async sign(
    claims: JWTPayload,
    { typ, audience, issuedAtSeconds, expiresAtSeconds }: Spell,
  ): Promise<string> {
    const { kid, key } = await this.ring.signing();
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ, kid })
      .setIssuer(this.config.jwtIssuer)
      .setAudience(audience)
      .setIssuedAt(issuedAtSeconds)
      .setExpirationTime(expiresAtSeconds)
      .sign(key);
  }

  private signLegacy(
    claims: JWTPayload,
    times: Omit<Spell, 'typ' | 'audience'>,
    key: KeyObject,
  ): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: LEGACY_KID })
      .setIssuer(this.config.jwtHs256Issuer)
      .setAudience(this.config.jwtHs256Audience)
      .setIssuedAt(times.issuedAtSeconds)
      .setExpirationTime(times.expiresAtSeconds)
      .sign(key);
  }

  private nowSeconds(): number {
    return secondsOf(this.clock.now());
  }
}

/** The legacy issuer may not assert `admin` unless it is allowed to. */
export function mayBeLegacy({ roles }: Pick<Account, 'roles'>, { jwtHs256Admin }: AuthConfig): boolean {
  return !roles.includes('admin') || jwtHs256Admin === 'on';
}

function secondsOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
