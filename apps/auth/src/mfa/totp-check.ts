import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { HttpErrors } from '@eventzr/http';
import type { Account } from '../accounts/account.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { AuthErrors } from '../auth.errors.js';
import { SecretBox } from '../secrets/secret-box.js';
import { stepOfCode } from './totp.js';

/** Checks codes; each counts once, and five wrong ones close the door for a quarter of an hour. */
@Injectable()
export class TotpCheck {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly attempts: AttemptsRepository,
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** @throws MFA_NOT_ENABLED, MFA_INVALID_CODE, RATE_LIMITED */
  async check(account: Account, code: string): Promise<void> {
    if (account.totpSecretSealed === null) throw AuthErrors.MFA_NOT_ENABLED();
    const now = this.clock.now();
    const subject = `totp:${account.id}`;
    const { exhausted, lockedUntil } = await this.attempts.add(subject);
    if (exhausted && lockedUntil !== undefined) {
      throw HttpErrors.RATE_LIMITED(null, {
        retryAfterSeconds: Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000),
      });
    }
    const step = stepOfCode(this.box.open(account.totpSecretSealed, subject), code, now);
    if (step === undefined || !(await this.accounts.consumeTotpStep(account, step)))
      throw AuthErrors.MFA_INVALID_CODE();
    await this.attempts.clear(subject);
  }
}
