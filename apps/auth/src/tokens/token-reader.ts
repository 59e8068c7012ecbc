import { Injectable } from '@nestjs/common';
import { readLabel, tokenInvalid, tokenRefused, type SigningAlgorithm } from '@eventzr/auth';
import { Clock, isUuid } from '@eventzr/config';
import { HttpErrors } from '@eventzr/http';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { AuthErrors } from '../auth.errors.js';
import { AuthConfig } from '../config.js';
import { KeyRing } from '../keys/key-ring.js';
import { CHALLENGE_TYPE, REFRESH_TYPE } from './token-minter.js';

export interface RefreshClaims {
  readonly tenantId: string;
  readonly sessionId: string;
  readonly jti: string;
}

export interface ChallengeClaims {
  readonly tenantId: string;
  readonly userId: string;
  readonly id: string;
  readonly expiresAt: Date;
  readonly algorithm: SigningAlgorithm;
  /** When the password that was shown for it had been set, as `passwordSetMs` tells. */
  readonly passwordSetMs: number;
}

/** Verifies the tokens that only auth itself takes back. */
@Injectable()
export class TokenReader {
  constructor(
    private readonly ring: KeyRing,
    private readonly config: AuthConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws TOKEN_INVALID, REFRESH_TOKEN_EXPIRED */
  async refresh(compact: string): Promise<RefreshClaims> {
    const { tenantId, sid, jti } = await this.verify(compact, REFRESH_TYPE, () =>
      AuthErrors.REFRESH_TOKEN_EXPIRED(),
    );
    if (!isUuid(tenantId) || !isUuid(sid) || typeof jti !== 'string')
      throw tokenInvalid('not a refresh token');
    return { tenantId, sessionId: sid, jti };
  }

  /** @throws TOKEN_INVALID, TOKEN_EXPIRED */
  async challenge(compact: string): Promise<ChallengeClaims> {
    const claims = await this.verify(compact, CHALLENGE_TYPE, () => tokenRefused(HttpErrors.TOKEN_EXPIRED));
    const { tenantId, sub, jti, exp = 0, pwd_at: passwordSetMs, access_alg: algorithm } = claims;
    if (!isUuid(tenantId) || !isUuid(sub) || !isUuid(jti) || typeof passwordSetMs !== 'number')
      throw tokenInvalid('not a challenge');
    const expiresAt = new Date(exp * 1000);
    return {
      tenantId,
      userId: sub,
      id: jti,
      expiresAt,
      passwordSetMs,
      algorithm: algorithm === 'HS256' ? 'HS256' : 'RS256',
    };
  }

  private async verify(compact: string, typ: string, expired: () => Error): Promise<JWTPayload> {
    const { alg, kid, issuer } = readLabel(compact, new Set([typ]));
    if (alg !== 'RS256' || kid === undefined || issuer !== this.config.jwtIssuer)
      throw tokenInvalid('not one of ours');
    const key = await this.ring.verification(kid);
    if (key === undefined) throw tokenInvalid('unknown key');
    const { jwtIssuer } = this.config;
    const rules = {
      algorithms: ['RS256'],
      typ,
      issuer: jwtIssuer,
      audience: jwtIssuer,
      currentDate: this.clock.now(),
    };
    try {
      return (await jwtVerify(compact, key, { ...rules, requiredClaims: ['exp', 'iat', 'jti', 'sub'] }))
        .payload;
    } catch (fault) {
      throw fault instanceof errors.JWTExpired ? expired() : tokenRefused(HttpErrors.TOKEN_INVALID, fault);
    }
  }
}
