import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import { currentContext, HttpErrors, reply, type Reply, type Role } from '@eventzr/http';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import type { AuthTx } from '../auth.db.js';
import { AuthErrors } from '../auth.errors.js';
import { USER_CREATED, type UserCreated } from '../auth.events.js';
import { PasswordHasher } from '../login/password-hasher.js';
import { MailOrdersRepository } from '../mails/mail-orders.repository.js';
import type { TokenPair } from '../sessions/sessions.dto.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { SignUpBody } from './signup.dto.js';
import { SignupRepository, type NewAccount } from './signup.repository.js';

/** Whoever founds a tenant administers it. */
const FOUNDER: Role[] = ['user', 'organizer', 'admin'];
const FIRST_TIER = 'BASE';

/** Whom a sign-up tells. */
@Injectable()
export class SignupNews {
  constructor(
    private readonly mails: MailOrdersRepository,
    private readonly outbox: Outbox,
  ) {}

  async tell(tx: AuthTx, { tenantId, userId, email, roles }: NewAccount): Promise<void> {
    await this.mails.place({ tenantId, kind: 'verify_email', email });
    const data: UserCreated = { tenantId, userId, actorId: userId, roles };
    await this.outbox.append(tx, { type: USER_CREATED, aggregateId: userId, tenantId, data });
  }
}

/** What makes the first session of a new account. */
@Injectable()
export class FirstSession {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly sessions: SessionsService,
  ) {}

  async open({ tenantId, userId }: NewAccount): Promise<TokenPair> {
    const account = await this.accounts.find(tenantId, userId);
    if (account === undefined) throw AuthErrors.SESSION_EXPIRED();
    return this.sessions.open(account, { algorithm: 'RS256', otp: false });
  }
}

/** New accounts: each founds a tenant, is logged in at once, and proves its address within a day. */
@Injectable()
export class SignupService {
  constructor(
    private readonly repository: SignupRepository,
    private readonly hasher: PasswordHasher,
    private readonly news: SignupNews,
    private readonly first: FirstSession,
    private readonly clock: Clock,
  ) {}

  /**
   * That an address is taken is told: an answer with tokens cannot be given for somebody else's account.
   * @throws EMAIL_TAKEN, TENANT_MISMATCH, UNAVAILABLE
   */
  async signUp(body: SignUpBody): Promise<Reply<TokenPair>> {
    // A tenant that somebody else names takes nobody in: people are added to it by its administrators.
    if (currentContext()?.headers['x-tenant-id'] !== undefined) throw HttpErrors.TENANT_MISMATCH();
    const account = this.accountOf(body, await this.hasher.hash(body.password));
    if (!(await this.repository.insert(account, (tx) => this.news.tell(tx, account))))
      throw AuthErrors.EMAIL_TAKEN();
    return reply(await this.first.open(account), { location: '/auth/v1/me' });
  }

  private accountOf(body: SignUpBody, passwordHash: string): NewAccount {
    const displayName = [body.firstName, body.lastName ?? ''].join(' ').trim();
    return {
      tenantId: newId(this.clock),
      tenantName: body.organizationName ?? displayName,
      userId: newId(this.clock),
      email: body.email.toLowerCase(),
      displayName,
      passwordHash,
      roles: FOUNDER,
      planTier: FIRST_TIER,
      now: this.clock.now(),
    };
  }
}
