import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { AccountTokensRepository, type TokenOwner } from '../account-tokens/account-tokens.repository.js';
import type { AuthTx } from '../auth.db.js';
import { USER_VERIFIED, type UserVerified } from '../auth.events.js';

/** Notes that a mailbox was proved: by the mail that asked for it, or by the one that brought a new password. */
@Injectable()
export class VerifiedAccounts {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly tokens: AccountTokensRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** In the caller's transaction. Nothing happens when it had been proved before. */
  async mark(tx: AuthTx, { tenantId, userId }: TokenOwner): Promise<void> {
    if (!(await this.accounts.markVerified(tx, userId, this.clock.now()))) return;
    await this.tokens.drop(tx, userId, 'verify_email');
    const data: UserVerified = { tenantId, userId, actorId: userId };
    await this.outbox.append(tx, { type: USER_VERIFIED, aggregateId: userId, tenantId, data });
  }
}
