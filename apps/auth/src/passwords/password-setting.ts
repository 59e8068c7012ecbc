import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import { AccountTokensRepository } from '../account-tokens/account-tokens.repository.js';
import type { AuthTx } from '../auth.db.js';
import { PASSWORD_CHANGED, type PasswordChanged } from '../auth.events.js';
import { MailOrdersRepository } from '../mails/mail-orders.repository.js';
import { SessionEndings } from '../sessions/session-endings.js';
import { PasswordsRepository } from './passwords.repository.js';

export interface NewPassword {
  readonly tenantId: string;
  readonly userId: string;
  readonly email: string;
  readonly reason: PasswordChanged['reason'];
  /** The hash that must still stand; undefined takes any. */
  readonly from?: string | null;
  readonly to: string;
  /** The session that goes on. */
  readonly keepSession?: string | undefined;
}

/** Tells of a new password: its owner by mail, the platform by an event. */
@Injectable()
export class PasswordNews {
  constructor(
    private readonly mails: MailOrdersRepository,
    private readonly outbox: Outbox,
  ) {}

  async tell(
    tx: AuthTx,
    { tenantId, userId, email, reason }: Pick<NewPassword, 'tenantId' | 'userId' | 'email' | 'reason'>,
  ): Promise<void> {
    await this.mails.place({ tenantId, kind: 'password_changed', email });
    const data: PasswordChanged = { tenantId, userId, actorId: userId, reason };
    await this.outbox.append(tx, { type: PASSWORD_CHANGED, aggregateId: userId, tenantId, data });
  }
}

/** What a new password brings with it, whoever sets it. */
@Injectable()
export class PasswordSetting {
  constructor(
    private readonly passwords: PasswordsRepository,
    private readonly tokens: AccountTokensRepository,
    private readonly sessions: SessionEndings,
    private readonly told: PasswordNews,
    private readonly clock: Clock,
  ) {}

  /**
   * Sets the password, ends sessions and open resets, tells the owner and the platform; all in the caller's
   * transaction. Answers how many sessions ended, undefined when the old password is no longer `from`.
   */
  async set(tx: AuthTx, { from, to, keepSession, ...who }: NewPassword): Promise<number | undefined> {
    const { tenantId, userId, reason } = who;
    const swap = { userId, to, now: this.clock.now(), ...(from !== undefined && { from }) };
    if (!(await this.passwords.swap(tx, swap))) return undefined;
    await this.tokens.drop(tx, userId, 'reset_password');
    const ended = await this.sessions.endAll(tx, {
      tenantId,
      userId,
      reason: `password ${reason}`,
      except: keepSession,
    });
    await this.told.tell(tx, who);
    return ended;
  }
}
