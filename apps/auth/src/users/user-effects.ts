import { Injectable } from '@nestjs/common';
import type { Principal, Role } from '@eventzr/http';
import { Outbox } from '@eventzr/events';
import type { AuthTx } from '../auth.db.js';
import {
  USER_CREATED,
  USER_DELETED,
  USER_REINSTATED,
  USER_SUSPENDED,
  USER_UPDATED,
  type UserCreated,
  type UserFacts,
  type UserUpdated,
} from '../auth.events.js';
import { RevocationsService } from '../feed/revocations.service.js';
import { MailOrdersRepository } from '../mails/mail-orders.repository.js';
import type { NewUser, UserChange, UserRow } from './users.repository.js';

/** What follows from a change of an account, in its transaction: which tokens are refused, and what others hear. */
@Injectable()
export class UserEffects {
  constructor(
    private readonly mails: MailOrdersRepository,
    private readonly revocations: RevocationsService,
    private readonly outbox: Outbox,
  ) {}

  async created(tx: AuthTx, actor: Principal, { passwordHash, email, ...user }: NewUser): Promise<void> {
    const kind = passwordHash === null ? 'invitation' : 'verify_email';
    await this.mails.place({ tenantId: user.tenantId, kind, email });
    const data: UserCreated = { ...factsOf(actor, user), roles: user.roles as Role[] };
    await this.outbox.append(tx, { type: USER_CREATED, aggregateId: user.id, data });
  }

  /** @param change what became different from `before` */
  async changed(tx: AuthTx, actor: Principal, before: UserRow, change: UserChange): Promise<void> {
    const { status, ...rest } = change;
    const { tenantId, id } = before;
    const facts = factsOf(actor, before);
    const changed = Object.keys(rest);
    if (changed.length > 0) {
      const data: UserUpdated = { ...facts, roles: (rest.roles ?? before.roles) as Role[], changed };
      await this.outbox.append(tx, { type: USER_UPDATED, aggregateId: id, data });
    }
    if (status === undefined) return;
    const suspended = status === 'suspended';
    const order = { tenantId, kind: 'user', value: id } as const;
    await (suspended ? this.revocations.suspend(order) : this.revocations.reinstate(order));
    const type = suspended ? USER_SUSPENDED : USER_REINSTATED;
    await this.outbox.append(tx, { type, aggregateId: id, data: facts });
  }

  /** Its tokens end with it. A suspension needs no lifting any more, so its line ends as well. */
  async deleted(tx: AuthTx, actor: Principal, user: UserRow): Promise<void> {
    const order = { tenantId: user.tenantId, kind: 'user', value: user.id } as const;
    await this.revocations.reinstate(order);
    await this.revocations.revoke(order);
    await this.outbox.append(tx, { type: USER_DELETED, aggregateId: user.id, data: factsOf(actor, user) });
  }
}

function factsOf(
  { userId: actorId }: Principal,
  { tenantId, id }: Pick<UserRow, 'tenantId' | 'id'>,
): UserFacts {
  return { tenantId, userId: id, actorId };
}
