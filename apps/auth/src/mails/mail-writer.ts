import { Injectable } from '@nestjs/common';
import { isSuspended, type Account } from '../accounts/account.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { AccountTokensRepository } from '../account-tokens/account-tokens.repository.js';
import { AuthConfig } from '../config.js';
import type { Mail } from '../providers/mail-transport.js';
import type { MailKind, MailOrder } from './mail-order.js';
import { mailText } from './mail-texts.js';

/** What the token of a mail opens. */
const TOKENS = {
  verify_email: 'verify_email',
  reset_password: 'reset_password',
  invitation: 'reset_password',
} as const;

/** Writes a mail at the moment it goes out: only now is it looked up whether there is anybody to write to. */
@Injectable()
export class MailWriter {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly tokens: AccountTokensRepository,
    private readonly config: AuthConfig,
  ) {}

  /** Undefined when nobody is owed this mail. */
  async write({ id, kind, email }: MailOrder): Promise<Mail | undefined> {
    const account = await this.accounts.findByEmail(email);
    if (account === undefined || !isOwed(kind, account)) return undefined;
    const owner = { tenantId: account.tenantId, userId: account.id };
    const token = kind === 'password_changed' ? '' : await this.tokens.issue(owner, TOKENS[kind]);
    return { id, to: account.email, ...mailText(kind, token, this.config.accountPagesUrl) };
  }
}

function isOwed(kind: MailKind, account: Account): boolean {
  if (kind === 'password_changed') return true;
  return !isSuspended(account) && (kind !== 'verify_email' || account.emailVerifiedAt === null);
}
