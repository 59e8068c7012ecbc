import { Injectable } from '@nestjs/common';
import { Clock, isUuid } from '@eventzr/config';
import { HttpErrors, type Principal } from '@eventzr/http';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { AuthDb } from '../auth.db.js';
import { AuthErrors } from '../auth.errors.js';
import { PasswordHasher, type Hashing } from '../login/password-hasher.js';
import { isGuessable } from './password-rules.js';
import { PasswordSetting } from './password-setting.js';
import type { ChangePasswordBody, PasswordChangedView } from './passwords.dto.js';
import { PasswordsRepository } from './passwords.repository.js';

/** What checking the current password takes. */
@Injectable()
export class CurrentPassword {
  constructor(
    private readonly passwords: PasswordsRepository,
    private readonly attempts: AttemptsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * The hash of the caller's password, once they have shown that they know it.
   * @throws INVALID_CREDENTIALS; RATE_LIMITED after five wrong ones in 15 minutes: a stolen token must not become a
   *   stolen account
   */
  async prove(hashing: Hashing, { tenantId, userId }: Principal, password: string): Promise<string> {
    const subject = `password:${userId}`;
    const { exhausted, lockedUntil } = await this.attempts.add(subject);
    if (exhausted && lockedUntil !== undefined) {
      const leftMs = lockedUntil.getTime() - this.clock.now().getTime();
      throw HttpErrors.RATE_LIMITED(null, { retryAfterSeconds: Math.ceil(leftMs / 1000) });
    }
    const hash = (await this.passwords.find(tenantId, userId))?.passwordHash;
    if (!(await hashing.verify(hash ?? undefined, password)) || hash == null) throw wrong();
    await this.attempts.clear(subject);
    return hash;
  }
}

/** A new password for somebody who is logged in and knows the old one. */
@Injectable()
export class ChangePasswordService {
  constructor(
    private readonly current: CurrentPassword,
    private readonly setting: PasswordSetting,
    private readonly hasher: PasswordHasher,
    private readonly db: AuthDb,
  ) {}

  /** @throws WEAK_PASSWORD, INVALID_CREDENTIALS, RATE_LIMITED, UNAVAILABLE */
  change(
    principal: Principal,
    { currentPassword, newPassword }: ChangePasswordBody,
  ): Promise<PasswordChangedView> {
    if (isGuessable(newPassword, principal.email)) throw AuthErrors.WEAK_PASSWORD();
    return this.hasher.admit(async (hashing) => {
      const from = await this.current.prove(hashing, principal, currentPassword);
      return this.set(principal, from, await hashing.hash(newPassword));
    });
  }

  private async set(principal: Principal, from: string, to: string): Promise<PasswordChangedView> {
    const { tenantId, userId, email, sessionId } = principal;
    const keepSession = isUuid(sessionId) ? sessionId : undefined;
    const who = { tenantId, userId, email, reason: 'changed' as const };
    const ended = await this.db.withTenant((tx) => this.setting.set(tx, { ...who, from, to, keepSession }));
    // Another change came between.
    if (ended === undefined) throw wrong();
    return { changed: true, sessionsEnded: ended };
  }
}

function wrong(): Error {
  return AuthErrors.INVALID_CREDENTIALS(null, { message: 'The current password is wrong.' });
}
