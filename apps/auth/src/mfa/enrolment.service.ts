import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { Principal } from '@eventzr/http';
import { toDataURL } from 'qrcode';
import type { Account } from '../accounts/account.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { AuthErrors } from '../auth.errors.js';
import { SecretBox } from '../secrets/secret-box.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { FreshProof } from './fresh-proof.js';
import type {
  EnrolmentView,
  PasswordBody,
  ProofBody,
  RecoveryCodesView,
  SecondFactorView,
} from './mfa.dto.js';
import { newRecoveryCode, normalRecoveryCode, RECOVERY_CODES } from './recovery-codes.js';
import { RecoveryCodesRepository } from './recovery-codes.repository.js';
import { SecondFactorCheck, totpSubject } from './second-factor-check.js';
import { newTotpSecret, otpauthUri, stepOfCode } from './totp.js';

/** How long a begun enrolment waits for its first code. */
const PENDING_MS = 15 * 60_000;

/** Where second factors are kept. */
@Injectable()
export class EnrolmentStores {
  constructor(
    readonly accounts: AccountsRepository,
    readonly enrolments: EnrolmentRepository,
    readonly recovery: RecoveryCodesRepository,
    readonly attempts: AttemptsRepository,
    readonly box: SecretBox,
  ) {}
}

/** Second factors from their first scan to their removal. */
@Injectable()
export class EnrolmentService {
  constructor(
    private readonly stores: EnrolmentStores,
    private readonly proof: FreshProof,
    private readonly codes: SecondFactorCheck,
    private readonly sessions: SessionsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Only with a proved mailbox: whoever signs up with a stranger's address must not keep them out by a factor.
   * @throws ACCOUNT_NOT_VERIFIED; INVALID_CREDENTIALS, ACCOUNT_LOCKED for a first one without a recent log-in; STEP_UP_REQUIRED when this would replace a second factor that was not shown just now
   */
  async enroll(principal: Principal, body: PasswordBody): Promise<EnrolmentView> {
    const account = await this.accountOf(principal);
    if (account.emailVerifiedAt === null) throw AuthErrors.ACCOUNT_NOT_VERIFIED();
    if (account.totpSecretSealed === null) await this.proof.assertLogIn(principal, account, body);
    else await this.proof.assert(principal, account);
    const secret = newTotpSecret();
    const now = this.clock.now();
    const sealed = this.stores.box.seal(secret, totpSubject(account.id));
    await this.stores.enrolments.begin(account, sealed, now);
    const uri = otpauthUri(secret, account.email);
    const expiresAt = new Date(now.getTime() + PENDING_MS).toISOString();
    return { secret, otpauthUri: uri, qrCode: await toDataURL(uri), expiresAt };
  }

  /** @throws MFA_NOT_ENABLED without an enrolment, MFA_INVALID_CODE, RATE_LIMITED */
  async activate(principal: Principal, code: string): Promise<SecondFactorView> {
    const account = await this.accountOf(principal);
    const now = this.clock.now();
    const { sealed, startedAt } = (await this.stores.enrolments.findPending(account)) ?? {};
    if (sealed == null || startedAt == null || now.getTime() - startedAt.getTime() >= PENDING_MS)
      throw AuthErrors.MFA_NOT_ENABLED(null, { message: 'There is no enrolment that waits for a code.' });
    await this.codes.countAttempt(account.id);
    const step = stepOfCode(this.stores.box.open(sealed, totpSubject(account.id)), code, now);
    if (step === undefined || !(await this.stores.enrolments.confirm(account, sealed, step, now)))
      throw AuthErrors.MFA_INVALID_CODE();
    await this.stores.attempts.clear(totpSubject(account.id));
    await this.sessions.noteSecondFactor(principal);
    return { mfaEnabled: true };
  }

  /** @throws MFA_REQUIRED_BY_POLICY, MFA_NOT_ENABLED, and what `FreshProof` throws */
  async remove(principal: Principal, body: ProofBody): Promise<SecondFactorView> {
    const account = await this.accountOf(principal);
    if (account.mfaPolicy !== 'off') throw AuthErrors.MFA_REQUIRED_BY_POLICY();
    if (account.totpSecretSealed === null) throw AuthErrors.MFA_NOT_ENABLED();
    await this.proof.assert(principal, account, body);
    if (!(await this.stores.enrolments.remove(account, this.clock.now()))) throw AuthErrors.MFA_NOT_ENABLED();
    return { mfaEnabled: false };
  }

  /** Ten new one-time codes; the ones before open nothing any more. */
  async makeRecoveryCodes(principal: Principal, body: ProofBody): Promise<RecoveryCodesView> {
    const account = await this.accountOf(principal);
    if (account.totpSecretSealed === null) throw AuthErrors.MFA_NOT_ENABLED();
    await this.proof.assert(principal, account, body);
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    const kept = codes.flatMap((code) => normalRecoveryCode(code) ?? []);
    await this.stores.recovery.replace(account, kept, this.clock.now());
    return { codes };
  }

  private async accountOf({ tenantId, userId }: Principal): Promise<Account> {
    const account = await this.stores.accounts.find(tenantId, userId);
    if (account === undefined) throw AuthErrors.SESSION_EXPIRED();
    return account;
  }
}
