import { Injectable } from '@nestjs/common';
import type { SigningAlgorithm } from '@eventzr/auth';
import { Clock } from '@eventzr/config';
import type { Account } from '../accounts/account.js';
import { ACCESS_SECONDS, TokenMinter } from '../tokens/token-minter.js';
import type { TokenPair } from './sessions.dto.js';

/** How long a second factor counts across refreshes. */
const OTP_MS = 12 * 3_600_000;

/** What of a session its tokens are made from. */
export interface PairFacts {
  readonly sessionId: string;
  readonly refreshJti: string;
  readonly rotatedAt: Date;
  readonly expiresAt: Date;
  readonly otpAt: Date | null;
  readonly accessAlg: SigningAlgorithm;
}

/** Writes the two tokens of a session. */
@Injectable()
export class TokenPairs {
  constructor(
    private readonly minter: TokenMinter,
    private readonly clock: Clock,
  ) {}

  async issue(account: Account, session: PairFacts): Promise<TokenPair> {
    const {
      sessionId,
      refreshJti: jti,
      rotatedAt: issuedAt,
      expiresAt,
      otpAt,
      accessAlg: algorithm,
    } = session;
    const otp = otpAt !== null && this.clock.now().getTime() - otpAt.getTime() < OTP_MS;
    const { id, tenantId, email, displayName, roles, planTier } = account;
    const [accessToken, refreshToken] = await Promise.all([
      this.minter.access(account, { sessionId, amr: otp ? ['pwd', 'otp'] : ['pwd'], algorithm }),
      this.minter.refresh({ tenantId, userId: id, sessionId, jti, issuedAt, expiresAt }),
    ]);
    const user = { id, tenantId, email, displayName, roles, planTier };
    return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn: ACCESS_SECONDS, user };
  }
}
