import { Injectable } from '@nestjs/common';
import { stepUpRequired } from '@eventzr/auth';
import { Clock } from '@eventzr/config';
import type { Principal } from '@eventzr/http';
import type { Account } from '../accounts/account.js';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { AuthErrors } from '../auth.errors.js';
import { PasswordCheck } from '../login/password-check.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { PasswordBody, ProofBody } from './mfa.dto.js';
import { SecondFactorCheck } from './second-factor-check.js';

/** How long ago a second factor may have been shown to still count as fresh. */
const FRESH_MS = 5 * 60_000;
/** The same for a log-in. */
const LOGGED_IN_MS = 15 * 60_000;
const NOT_LATELY = 'The log-in was more than 15 minutes ago: send the password, or log in again.';

/** Whether the caller is the account's owner at this moment, and not someone with a stolen access token. */
@Injectable()
export class FreshProof {
  constructor(
    private readonly codes: SecondFactorCheck,
    private readonly passwords: PasswordCheck,
    private readonly attempts: AttemptsRepository,
    private readonly sessions: SessionsService,
    private readonly clock: Clock,
  ) {}

  /**
   * A code or the password of the body; with neither, a second factor that the session showed in the last 5 minutes.
   * The password alone is one factor: it counts only in a session that showed the second one at some time, or whoever
   * knows it would make recovery codes and be let through wherever a code is asked for.
   * @throws STEP_UP_REQUIRED, MFA_INVALID_CODE, RATE_LIMITED, INVALID_CREDENTIALS, ACCOUNT_LOCKED
   */
  async assert(principal: Principal, account: Account, { code, password }: ProofBody = {}): Promise<void> {
    if (code !== undefined) return this.codes.check(account, code);
    const shownAt = (await this.sessions.shownBy(principal))?.otpAt;
    if (shownAt == null) throw stepUpRequired();
    if (password !== undefined) return this.checkPassword(account, password);
    if (this.clock.now().getTime() - shownAt.getTime() > FRESH_MS) throw stepUpRequired();
  }

  /**
   * The same for an account that has no second factor yet: a log-in of the last 15 minutes, or the password. Else a
   * stolen access token would bring a factor that its owner cannot get rid of, by a reset either.
   * @throws INVALID_CREDENTIALS, ACCOUNT_LOCKED
   */
  async assertLogIn(principal: Principal, account: Account, { password }: PasswordBody): Promise<void> {
    if (password !== undefined) return this.checkPassword(account, password);
    const openedAt = (await this.sessions.shownBy(principal))?.openedAt;
    if (openedAt === undefined || this.clock.now().getTime() - openedAt.getTime() > LOGGED_IN_MS)
      throw AuthErrors.INVALID_CREDENTIALS(null, { message: NOT_LATELY });
  }

  private async checkPassword({ email }: Account, password: string): Promise<void> {
    const { subject } = await this.passwords.check(email, password);
    await this.attempts.clear(subject);
  }
}
