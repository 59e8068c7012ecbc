import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import {
  decodeCursor,
  HttpErrors,
  IdCursor,
  pagedById,
  reply,
  type Paged,
  type Principal,
  type Reply,
} from '@eventzr/http';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { AuthDb, type AuthTx } from '../auth.db.js';
import { AuthErrors } from '../auth.errors.js';
import { Lockout } from '../login/lockout.js';
import { PasswordHasher } from '../login/password-hasher.js';
import { totpSubject } from '../mfa/second-factor-check.js';
import { PlansRepository } from '../plans/plans.repository.js';
import { Administrators } from './administrators.js';
import { UserEffects } from './user-effects.js';
import { differenceOf, rolesOf, userView } from './user-view.js';
import type {
  ChangeUserBody,
  CreateUserBody,
  DeletedUserView,
  ListUsersQuery,
  ManagedUserView,
  UnlockedView,
} from './users.dto.js';
import { UsersRepository, type UserRow } from './users.repository.js';

/** What a change of accounts touches. */
@Injectable()
export class UserStores {
  constructor(
    readonly users: UsersRepository,
    readonly plans: PlansRepository,
    readonly locks: Lockout,
    readonly hasher: PasswordHasher,
    readonly clock: Clock,
  ) {}
}

/** The accounts of a tenant, in the hands of its administrators. */
@Injectable()
export class UsersService {
  constructor(
    private readonly stores: UserStores,
    private readonly administrators: Administrators,
    private readonly effects: UserEffects,
    private readonly attempts: AttemptsRepository,
    private readonly db: AuthDb,
  ) {}

  async list(query: ListUsersQuery): Promise<Paged<ManagedUserView>> {
    const before = decodeCursor(query.cursor, IdCursor)?.id;
    const rows = await this.db.withTenant((tx) => this.stores.users.list(tx, query, before));
    return pagedById(rows, query.limit, userView);
  }

  get(id: string): Promise<ManagedUserView> {
    return this.db.withTenant(async (tx) => userView(await this.found(tx, id)));
  }

  /** @throws EMAIL_TAKEN, FORBIDDEN, ACCOUNT_NOT_VERIFIED */
  async create(principal: Principal, body: CreateUserBody): Promise<Reply<ManagedUserView>> {
    const { password, displayName } = body;
    const user = {
      tenantId: principal.tenantId,
      id: newId(this.stores.clock),
      email: body.email.toLowerCase(),
      displayName,
      passwordHash: password === undefined ? null : await this.stores.hasher.hash(password),
      roles: rolesOf(body.roles ?? []),
      emailVerifiedAt: null,
    };
    const view = await this.db.withTenant(async (tx) => {
      await this.administrators.begin(tx, principal);
      await this.administrators.assertProved(tx, principal);
      if (!(await this.stores.users.insert(tx, user))) throw AuthErrors.EMAIL_TAKEN();
      await this.stores.plans.rate(tx, user.id);
      await this.effects.created(tx, principal, user);
      return userView(await this.found(tx, user.id));
    });
    return reply(view, { status: 201, location: `/auth/v1/users/${user.id}` });
  }

  /** @throws NOT_FOUND, LAST_ADMIN, MFA_NOT_ENABLED, FORBIDDEN */
  change(principal: Principal, id: string, body: ChangeUserBody): Promise<ManagedUserView> {
    return this.db.withTenant(async (tx) => {
      await this.administrators.begin(tx, principal);
      const before = await this.found(tx, id);
      const change = differenceOf(before, body);
      if (!(await this.stores.users.update(tx, before, change)))
        throw change.mfaPolicy === 'always' ? AuthErrors.MFA_NOT_ENABLED() : HttpErrors.NOT_FOUND();
      await this.administrators.assertOneLeft(tx);
      await this.effects.changed(tx, principal, before, change);
      return userView(await this.found(tx, id));
    });
  }

  /** Forgets the failed log-ins and codes that lock an account. */
  unlock(principal: Principal, id: string): Promise<UnlockedView> {
    return this.db.withTenant(async (tx) => {
      await this.administrators.begin(tx, principal);
      const { email } = await this.found(tx, id);
      await this.stores.locks.lift(tx, { userId: id, email });
      await this.attempts.clearIn(tx, [totpSubject(id)]);
      return { unlocked: true };
    });
  }

  /** The account, its sessions and what identifies it; others hear that they have to do the same. */
  remove(principal: Principal, id: string): Promise<DeletedUserView> {
    return this.db.withTenant(async (tx) => {
      await this.administrators.begin(tx, principal);
      const user = await this.found(tx, id);
      await this.stores.locks.lift(tx, { userId: id, email: user.email });
      if (!(await this.stores.users.remove(tx, id))) throw HttpErrors.NOT_FOUND();
      await this.administrators.assertOneLeft(tx);
      await this.stores.plans.forget(tx, id);
      await this.attempts.clearIn(tx, [totpSubject(id)]);
      await this.effects.deleted(tx, principal, user);
      return { id, deleted: true };
    });
  }

  private async found(tx: AuthTx, id: string): Promise<UserRow> {
    const user = await this.stores.users.find(tx, id);
    if (user === null) throw HttpErrors.NOT_FOUND();
    return user;
  }
}
