import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { credentialMissing, type SigningAlgorithm } from '@eventzr/auth';
import { Clock, newId } from '@eventzr/config';
import { AppLogger, currentContext, type CatalogueError, type Principal } from '@eventzr/http';
import { isOverdue, isSuspended, type Account } from '../accounts/account.js';
import { AuthErrors } from '../auth.errors.js';
import { AuthConfig } from '../config.js';
import { RevocationsService } from '../feed/revocations.service.js';
import { TokenReader, type RefreshClaims } from '../tokens/token-reader.js';
import { TokenPairs } from './token-pairs.js';
import type { LogoutView, TokenPair } from './sessions.dto.js';
import { SessionsRepository, type SessionOfAccount, type SessionRow } from './sessions.repository.js';

const REFRESH_MS = 7 * 24 * 3_600_000;
/** Two tabs, or an answer that got lost: the direct parent may come again for this long. */
const REPLAY_MS = 10_000;
const MAX_USER_AGENT = 200;

export interface OpenOptions {
  readonly algorithm: SigningAlgorithm;
  /** A code was shown beside the password. */
  readonly otp: boolean;
}

/** What of the house sessions need. */
@Injectable()
export class SessionsHouse {
  constructor(
    readonly clock: Clock,
    readonly config: AuthConfig,
    readonly logger: AppLogger,
  ) {}
}

/** Sessions from log-in to their end: one live refresh token each, and a family that dies together. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly repository: SessionsRepository,
    private readonly pairs: TokenPairs,
    private readonly reader: TokenReader,
    private readonly revocations: RevocationsService,
    private readonly house: SessionsHouse,
  ) {}

  /** @throws MAX_SESSIONS_REACHED, SESSION_EXPIRED when the password has changed since `account` was read */
  async open(account: Account, { algorithm, otp }: OpenOptions): Promise<TokenPair> {
    const createdAt = this.house.clock.now();
    const context = currentContext();
    const agent = context?.headers['user-agent'];
    const session = {
      id: newId(this.house.clock),
      refreshJti: randomBytes(32).toString('base64url'),
      otpAt: otp ? createdAt : null,
      accessAlg: algorithm,
      userAgent: typeof agent === 'string' ? agent.slice(0, MAX_USER_AGENT) : null,
      clientAddress: context?.clientAddress ?? null,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + REFRESH_MS),
    };
    const inserted = await this.repository.insert(account, session, this.house.config.maxSessionsPerUser);
    if (inserted.outcome === 'password_changed') throw AuthErrors.SESSION_EXPIRED();
    if (inserted.outcome === 'full') {
      const retryAfterSeconds = Math.ceil((inserted.until.getTime() - createdAt.getTime()) / 1000);
      throw AuthErrors.MAX_SESSIONS_REACHED(null, { retryAfterSeconds });
    }
    return this.pairs.issue(account, { ...session, sessionId: session.id, rotatedAt: createdAt });
  }

  /** @throws TOKEN_INVALID, REFRESH_TOKEN_EXPIRED, REFRESH_REUSED, SESSION_EXPIRED, ACCOUNT_SUSPENDED, ACCOUNT_NOT_VERIFIED */
  async refresh(compact: string): Promise<TokenPair> {
    const claims = await this.reader.refresh(compact);
    const rotated = await this.rotate(claims.tenantId, claims.sessionId, claims.jti);
    return rotated === undefined ? this.settleStale(claims) : this.pairs.issue(rotated, rotated);
  }

  /** When the caller logged in, and when a second factor was last shown since; undefined for tokens without a session. */
  async shownBy({
    tenantId,
    sessionId,
  }: Principal): Promise<Pick<SessionRow, 'openedAt' | 'otpAt'> | undefined> {
    return sessionId === undefined ? undefined : this.repository.find(tenantId, sessionId);
  }

  /** Notes that the caller showed a second factor: the next refresh says so. */
  async noteSecondFactor({ tenantId, sessionId }: Principal): Promise<void> {
    if (sessionId !== undefined) await this.repository.markOtp(tenantId, sessionId, this.house.clock.now());
  }

  /** Lifts the caller's session to a second factor: a new pair under the same `sid`. */
  async stepUp({ tenantId, sessionId }: Principal): Promise<TokenPair> {
    const session = sessionId === undefined ? undefined : await this.repository.find(tenantId, sessionId);
    if (session === undefined || session.revokedAt !== null) throw AuthErrors.SESSION_EXPIRED();
    await this.repository.markOtp(tenantId, session.sessionId, this.house.clock.now());
    const rotated = await this.rotate(tenantId, session.sessionId, session.refreshJti);
    if (rotated !== undefined) return this.pairs.issue(rotated, rotated);
    // A refresh came between: its tokens are the live ones, and they may carry the second factor.
    const live = await this.repository.find(tenantId, session.sessionId);
    const refusal = live === undefined ? AuthErrors.SESSION_EXPIRED() : this.refusalOf(live);
    if (live === undefined || refusal !== undefined) throw refusal ?? AuthErrors.SESSION_EXPIRED();
    return this.pairs.issue(live, live);
  }

  /** Ends the caller's session everywhere: within two seconds no service takes its tokens. */
  async close({ tenantId, sessionId, tokenId }: Principal): Promise<LogoutView> {
    if (sessionId !== undefined) await this.end(tenantId, sessionId, 'logout');
    else if (tokenId !== undefined)
      await this.revocations.revoke({ tenantId, kind: 'token', value: tokenId });
    else throw credentialMissing();
    return { loggedOut: true };
  }

  private rotate(
    tenantId: string,
    sessionId: string,
    presentedJti: string,
  ): Promise<SessionOfAccount | undefined> {
    const now = this.house.clock.now();
    const expiresAt = new Date(now.getTime() + REFRESH_MS);
    // The child follows from its parent, so that whoever shows the parent at the same moment gets the same child.
    const childJti = createHmac('sha256', this.house.config.refreshKey)
      .update(presentedJti)
      .digest('base64url');
    return this.repository.rotate({ tenantId, sessionId, presentedJti, childJti, now, expiresAt });
  }

  private async settleStale({ tenantId, sessionId, jti }: RefreshClaims): Promise<TokenPair> {
    const session = await this.repository.find(tenantId, sessionId);
    if (session === undefined) throw AuthErrors.SESSION_EXPIRED();
    const refusal = this.refusalOf(session);
    if (refusal !== undefined) throw refusal;
    const age = this.house.clock.now().getTime() - session.rotatedAt.getTime();
    if (jti === session.parentJti && age <= REPLAY_MS) return this.pairs.issue(session, session);
    await this.end(tenantId, sessionId, 'reuse');
    this.house.logger.warn(
      { sessionId, userId: session.id },
      'A refresh token was used twice; its session has been ended',
    );
    throw AuthErrors.REFRESH_REUSED();
  }

  private refusalOf(session: SessionOfAccount): CatalogueError | undefined {
    if (session.revokedAt !== null)
      return session.revokedReason === 'reuse' ? AuthErrors.REFRESH_REUSED() : AuthErrors.SESSION_EXPIRED();
    if (session.expiresAt <= this.house.clock.now()) return AuthErrors.REFRESH_TOKEN_EXPIRED();
    if (isSuspended(session)) return AuthErrors.ACCOUNT_SUSPENDED();
    return isOverdue(session, this.house.clock.now()) ? AuthErrors.ACCOUNT_NOT_VERIFIED() : undefined;
  }

  private async end(tenantId: string, sessionId: string, reason: string): Promise<void> {
    await this.revocations.revoke({ tenantId, kind: 'session', value: sessionId }, () =>
      this.repository.revoke(tenantId, sessionId, reason, this.house.clock.now()),
    );
  }
}
