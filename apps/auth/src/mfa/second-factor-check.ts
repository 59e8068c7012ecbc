import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { HttpErrors } from '@eventzr/http';
import type { Account } from '../accounts/account.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { AuthDb } from '../auth.db.js';
import { AuthErrors } from '../auth.errors.js';
import { SecretBox } from '../secrets/secret-box.js';
import { normalRecoveryCode } from './recovery-codes.js';
import { RecoveryCodesRepository } from './recovery-codes.repository.js';
import { stepOfCode } from './totp.js';

/** Failed codes of an account are counted, and its secret is sealed, under this name. */
export function totpSubject(userId: string): string {
  return `totp:${userId}`;
}

/** What uses a code up. */
@Injectable()
export class CodeStores {
  constructor(
    readonly accounts: AccountsRepository,
    readonly recovery: RecoveryCodesRepository,
    readonly attempts: AttemptsRepository,
    readonly box: SecretBox,
    readonly clock: Clock,
  ) {}
}

/**
 * Checks codes of the authenticator, and recovery codes in their place. Each counts once; five wrong ones close the
 * door for a quarter of an hour.
 */
@Injectable()
export class SecondFactorCheck {
  constructor(
    private readonly stores: CodeStores,
    private readonly db: AuthDb,
  ) {}

  /**
   * @param also runs in the transaction that uses the code up; what it throws leaves the code unused
   * @throws MFA_NOT_ENABLED, MFA_INVALID_CODE, RATE_LIMITED
   */
  async check(
    account: Account,
    code: string,
    also: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const { totpSecretSealed } = account;
    if (totpSecretSealed === null) throw AuthErrors.MFA_NOT_ENABLED();
    await this.countAttempt(account.id);
    const use = this.useOf(account, totpSecretSealed, code);
    await this.db.withTenant(async () => {
      await also();
      if (!(await use())) throw AuthErrors.MFA_INVALID_CODE();
    }, account.tenantId);
    await this.stores.attempts.clear(totpSubject(account.id));
  }

  /**
   * Counts one more attempt at the account's codes, before it is known whether it is right.
   * @throws RATE_LIMITED after five that failed
   */
  async countAttempt(userId: string): Promise<void> {
    const { exhausted, lockedUntil } = await this.stores.attempts.add(totpSubject(userId));
    if (!exhausted || lockedUntil === undefined) return;
    const waitMs = lockedUntil.getTime() - this.stores.clock.now().getTime();
    throw HttpErrors.RATE_LIMITED(null, { retryAfterSeconds: Math.ceil(waitMs / 1000) });
  }

  private useOf(account: Account, sealed: string, code: string): () => Promise<boolean> {
    const recoveryCode = normalRecoveryCode(code);
    if (recoveryCode !== undefined) return () => this.stores.recovery.use(account, recoveryCode);
    const secret = this.stores.box.open(sealed, totpSubject(account.id));
    const step = stepOfCode(secret, code, this.stores.clock.now());
    return () =>
      step === undefined ? Promise.resolve(false) : this.stores.accounts.consumeTotpStep(account, step);
  }
}
