import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { AuthErrors } from '../auth.errors.js';
import { LoginRepository, type LoginRow } from './login.repository.js';
import { PasswordHasher } from './password-hasher.js';

/** What failed log-ins of an address are counted under. */
export function loginSubject(email: string): string {
  return `login:${email}`;
}

/**
 * Whether someone knows the password of an account. Unknown address, wrong or empty password, locked or suspended
 * account: each takes the same steps (two reads, one hash, one write), so that neither time nor text tells them apart.
 */
@Injectable()
export class PasswordCheck {
  constructor(
    private readonly logins: LoginRepository,
    private readonly attempts: AttemptsRepository,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /** @throws INVALID_CREDENTIALS; ACCOUNT_LOCKED when the password is right but too many wrong ones came before */
  async check(email: string, password: string): Promise<LoginRow> {
    const [row, lockedUntil] = await Promise.all([
      this.logins.findByEmail(email),
      this.attempts.lockedUntil(loginSubject(email)),
    ]);
    const right = await this.hasher.verify(row?.passwordHash ?? undefined, password);
    if (row === undefined || !right) {
      await this.attempts.add(loginSubject(email));
      throw AuthErrors.INVALID_CREDENTIALS();
    }
    if (lockedUntil === undefined) return row;
    const retryAfterSeconds = Math.ceil((lockedUntil.getTime() - this.clock.now().getTime()) / 1000);
    throw AuthErrors.ACCOUNT_LOCKED(null, { retryAfterSeconds });
  }
}
