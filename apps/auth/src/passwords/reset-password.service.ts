import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { NO_TENANT } from '@eventzr/idempotency';
import { readAccountToken, type TokenFacts } from '../account-tokens/account-token.js';
import { AccountTokensRepository } from '../account-tokens/account-tokens.repository.js';
import { AuthDb } from '../auth.db.js';
import { AuthErrors } from '../auth.errors.js';
import { Lockout } from '../login/lockout.js';
import { PasswordHasher } from '../login/password-hasher.js';
import { MailOrdersRepository } from '../mails/mail-orders.repository.js';
import { VerifiedAccounts } from '../verification/verified-accounts.js';
import { isGuessable } from './password-rules.js';
import { PasswordSetting } from './password-setting.js';
import type {
  AcceptedView,
  ForgotPasswordBody,
  PasswordChangedView,
  ResetPasswordBody,
} from './passwords.dto.js';
import { PasswordsRepository, type PasswordRow } from './passwords.repository.js';

/** What a reset takes beside the new password itself. */
@Injectable()
export class ResetParts {
  constructor(
    readonly passwords: PasswordsRepository,
    readonly tokens: AccountTokensRepository,
    readonly locks: Lockout,
    readonly verified: VerifiedAccounts,
    readonly clock: Clock,
  ) {}
}

/** A new password for somebody who can read the account's mail. */
@Injectable()
export class ResetPasswordService {
  constructor(
    private readonly parts: ResetParts,
    private readonly setting: PasswordSetting,
    private readonly hasher: PasswordHasher,
    private readonly mails: MailOrdersRepository,
    private readonly db: AuthDb,
  ) {}

  /** Takes the wish and nothing more: whether there is such an account is looked up later, by nobody who waits. */
  async forgot({ email }: ForgotPasswordBody): Promise<AcceptedView> {
    await this.mails.place({ tenantId: NO_TENANT, kind: 'reset_password', email: email.toLowerCase() });
    return { accepted: true };
  }

  /**
   * Opens no session: an account with a second factor asks for it as ever, and a suspended one stays closed.
   * @throws LINK_INVALID, WEAK_PASSWORD, ACCOUNT_SUSPENDED, UNAVAILABLE
   */
  async reset({ token, newPassword }: ResetPasswordBody): Promise<PasswordChangedView> {
    const facts = readAccountToken(token);
    const userId = facts && (await this.parts.tokens.find(facts, 'reset_password'));
    // Nobody buys a hash with a made-up token.
    if (facts === undefined || userId === undefined) throw AuthErrors.LINK_INVALID();
    const account = await this.parts.passwords.find(facts.tenantId, userId);
    if (account === undefined) throw AuthErrors.LINK_INVALID();
    if (account.suspended) throw AuthErrors.ACCOUNT_SUSPENDED();
    if (isGuessable(newPassword, account.email)) throw AuthErrors.WEAK_PASSWORD();
    const to = await this.hasher.hash(newPassword);
    return { changed: true, sessionsEnded: await this.set(facts, account, to) };
  }

  private set(facts: TokenFacts, { email }: PasswordRow, to: string): Promise<number> {
    const { tenantId } = facts;
    return this.db.withTenant(async (tx) => {
      const userId = await this.parts.tokens.consume(tx, facts, 'reset_password');
      if (userId === undefined) throw AuthErrors.LINK_INVALID();
      await this.parts.verified.mark(tx, { tenantId, userId });
      const ended = await this.setting.set(tx, { tenantId, userId, email, reason: 'reset', to });
      if (ended === undefined) throw AuthErrors.LINK_INVALID();
      // Who reads the account's mail need not wait for the end of a lock that somebody else brought about.
      await this.parts.locks.lift(tx, { userId, email });
      return ended;
    }, tenantId);
  }
}
