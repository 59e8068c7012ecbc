import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { currentContext } from '@eventzr/http';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { AuthErrors } from '../auth.errors.js';
import { LoginRepository, type LoginRow } from './login.repository.js';
import { isOutdated, PasswordHasher, type Hashing } from './password-hasher.js';

/**
 * Beyond this many attempts in the window nobody looks at the password any more. The five between the lock and here
 * let its owner hear of the lock; without an end they would let everybody go on guessing behind it.
 */
const MAX_EVALUATED = 10;

/** What failed log-ins of an address are counted under. */
export function loginSubject(email: string): string {
  return `login:${email}`;
}

/** The same for whoever comes from an address where a session of the account was opened lately. */
export function loginSubjectFrom(email: string, address: string): string {
  return `${loginSubject(email)}|${address}`;
}

export interface PasswordProof extends LoginRow {
  /** What the attempts of this log-in were counted under. */
  readonly subject: string;
}

/**
 * Whether someone knows the password of an account. Unknown address, wrong or empty password, locked or suspended
 * account: each takes the same steps (one read, one write, one hash), so that neither time nor text tells them apart.
 *
 * Five attempts in 15 minutes lock the account for those who come from anywhere. Whoever comes from where a session of
 * the account was opened lately has a count of his own: strangers cannot lock out an account's owner at his own desk.
 */
@Injectable()
export class PasswordCheck {
  constructor(
    private readonly logins: LoginRepository,
    private readonly attempts: AttemptsRepository,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws INVALID_CREDENTIALS; ACCOUNT_LOCKED when the password is right but too many attempts came before;
   *   UNAVAILABLE when too many log-ins wait
   */
  check(email: string, password: string): Promise<PasswordProof> {
    return this.hasher.admit((hashing) => this.checkInside(hashing, email, password));
  }

  private async checkInside(hashing: Hashing, email: string, password: string): Promise<PasswordProof> {
    const address = currentContext()?.clientAddress ?? '';
    const row = await this.logins.findByEmail(email, address);
    const subject = row?.knownAddress === true ? loginSubjectFrom(email, address) : loginSubject(email);
    // Counted before it is looked at: of any number at once, no more than five are.
    const { exhausted, failures, lockedUntil } = await this.attempts.add(subject);
    const right = await hashing.verify(row?.passwordHash ?? undefined, password);
    if (row === undefined || !right || failures > MAX_EVALUATED) throw AuthErrors.INVALID_CREDENTIALS();
    if (exhausted && lockedUntil !== undefined) throw this.locked(lockedUntil);
    await this.upgrade(hashing, row, password);
    return { ...row, subject };
  }

  private locked(until: Date): Error {
    const retryAfterSeconds = Math.ceil((until.getTime() - this.clock.now().getTime()) / 1000);
    return AuthErrors.ACCOUNT_LOCKED(null, { retryAfterSeconds });
  }

  private async upgrade(hashing: Hashing, row: LoginRow, password: string): Promise<void> {
    if (row.passwordHash === null || !isOutdated(row.passwordHash)) return;
    await this.logins.upgradeHash(row, await hashing.hash(password));
  }
}
