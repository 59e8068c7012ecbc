import { Injectable } from '@nestjs/common';
import { NO_TENANT } from '@eventzr/idempotency';
import { readAccountToken } from '../account-tokens/account-token.js';
import { AccountTokensRepository } from '../account-tokens/account-tokens.repository.js';
import { AuthDb } from '../auth.db.js';
import { AuthErrors } from '../auth.errors.js';
import { MailOrdersRepository } from '../mails/mail-orders.repository.js';
import type { AcceptedView } from '../passwords/passwords.dto.js';
import type { ResendBody, VerifiedView, VerifyEmailBody } from './verification.dto.js';
import { VerifiedAccounts } from './verified-accounts.js';

/** Proof that whoever signed up reads the mail of the address. */
@Injectable()
export class VerificationService {
  constructor(
    private readonly tokens: AccountTokensRepository,
    private readonly verified: VerifiedAccounts,
    private readonly mails: MailOrdersRepository,
    private readonly db: AuthDb,
  ) {}

  /** @throws LINK_INVALID */
  verify({ token }: VerifyEmailBody): Promise<VerifiedView> {
    const facts = readAccountToken(token);
    if (facts === undefined) throw AuthErrors.LINK_INVALID();
    const { tenantId } = facts;
    return this.db.withTenant(async (tx) => {
      const userId = await this.tokens.consume(tx, facts, 'verify_email');
      if (userId === undefined) throw AuthErrors.LINK_INVALID();
      await this.verified.mark(tx, { tenantId, userId });
      return { verified: true };
    }, tenantId);
  }

  /** Takes the wish and nothing more, as for a forgotten password. */
  async resend({ email }: ResendBody): Promise<AcceptedView> {
    await this.mails.place({ tenantId: NO_TENANT, kind: 'verify_email', email: email.toLowerCase() });
    return { accepted: true };
  }
}
