import { Injectable } from '@nestjs/common';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import type { AuthTx } from '../auth.db.js';
import { LoginRepository } from './login.repository.js';
import { loginSubject, loginSubjectFrom } from './password-check.js';

/** Opens accounts that failed log-ins have locked. */
@Injectable()
export class Lockout {
  constructor(
    private readonly logins: LoginRepository,
    private readonly attempts: AttemptsRepository,
  ) {}

  /** Forgets every count of failed log-ins, in the caller's transaction: the strangers' and those of known addresses. */
  async lift(
    tx: AuthTx,
    { userId, email }: { readonly userId: string; readonly email: string },
  ): Promise<void> {
    const addresses = await this.logins.knownAddresses(tx, userId);
    const own = addresses.map((address) => loginSubjectFrom(email, address));
    await this.attempts.clearIn(tx, [loginSubject(email), ...own]);
  }
}
