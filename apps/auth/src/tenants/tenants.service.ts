import { Injectable } from '@nestjs/common';
import { isPlatformAdmin, PLATFORM_TENANT } from '@eventzr/auth';
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
import { AuthDb } from '../auth.db.js';
import { AuthErrors } from '../auth.errors.js';
import { PasswordHasher } from '../login/password-hasher.js';
import { Administrators } from '../users/administrators.js';
import { UserEffects } from '../users/user-effects.js';
import { UsersRepository } from '../users/users.repository.js';
import { TenantEffects } from './tenant-effects.js';
import type {
  ChangeTenantBody,
  CreatedTenantView,
  CreateTenantBody,
  ListTenantsQuery,
  TenantView,
} from './tenants.dto.js';
import { TenantsRepository, type TenantRow } from './tenants.repository.js';

const ADMIN_ROLES = ['user', 'organizer', 'admin'];

/** Where tenants and their first accounts are kept. */
@Injectable()
export class TenantStores {
  constructor(
    readonly tenants: TenantsRepository,
    readonly users: UsersRepository,
    readonly hasher: PasswordHasher,
    readonly db: AuthDb,
    readonly clock: Clock,
  ) {}
}

/** The organisations on the platform, in the hands of its own administrators. */
@Injectable()
export class TenantsService {
  constructor(
    private readonly stores: TenantStores,
    private readonly administrators: Administrators,
    private readonly effects: TenantEffects,
    private readonly userEffects: UserEffects,
  ) {}

  async list(principal: Principal, query: ListTenantsQuery): Promise<Paged<TenantView>> {
    await this.admit(principal);
    const rows = await this.stores.tenants.list(query, decodeCursor(query.cursor, IdCursor)?.id);
    return pagedById(rows, query.limit, tenantView);
  }

  async get(principal: Principal, id: string): Promise<TenantView> {
    await this.admit(principal);
    return tenantView(await this.found(id));
  }

  /** @throws FORBIDDEN, EMAIL_TAKEN */
  async create(principal: Principal, { name, admin }: CreateTenantBody): Promise<Reply<CreatedTenantView>> {
    await this.admit(principal);
    const [tenantId, adminId] = [newId(this.stores.clock), newId(this.stores.clock)];
    const { displayName, password } = admin;
    const passwordHash = password === undefined ? null : await this.stores.hasher.hash(password);
    const email = admin.email.toLowerCase();
    // The platform's own administrators know whom they give a tenant.
    const emailVerifiedAt = this.stores.clock.now();
    const user = {
      tenantId,
      id: adminId,
      email,
      displayName,
      passwordHash,
      roles: ADMIN_ROLES,
      emailVerifiedAt,
    };
    await this.stores.db.withTenant(async (tx) => {
      await this.stores.tenants.insert(tx, tenantId, name);
      if (!(await this.stores.users.insert(tx, user))) throw AuthErrors.EMAIL_TAKEN();
      await this.effects.created(tx, principal, tenantId);
      await this.userEffects.created(tx, principal, user);
    }, tenantId);
    const view = { ...tenantView(await this.found(tenantId)), adminId };
    return reply(view, { status: 201, location: `/auth/v1/tenants/${tenantId}` });
  }

  /** @throws FORBIDDEN, NOT_FOUND, PLATFORM_TENANT */
  async change(principal: Principal, id: string, { name, status }: ChangeTenantBody): Promise<TenantView> {
    await this.admit(principal);
    if (id === PLATFORM_TENANT && status === 'suspended') throw AuthErrors.PLATFORM_TENANT();
    await this.stores.db.withTenant(async (tx) => {
      const before = await this.stores.tenants.find(tx);
      if (before === null) throw HttpErrors.NOT_FOUND();
      const moved = status === undefined || status === before.status ? {} : { status };
      const change = { ...(name === undefined ? {} : { name }), ...moved };
      if (!(await this.stores.tenants.update(tx, before, change)))
        throw HttpErrors.UNAVAILABLE(null, { retryAfterSeconds: 1 });
      if (moved.status !== undefined) await this.effects.moved(tx, principal, id, moved.status);
    }, id);
    return tenantView(await this.found(id));
  }

  // A token may be an hour old: the rows say who administers the platform now.
  private async admit(principal: Principal): Promise<void> {
    if (!isPlatformAdmin(principal)) throw HttpErrors.FORBIDDEN();
    await this.stores.db.withTenant((tx) => this.administrators.assertActive(tx, principal));
  }

  private async found(id: string): Promise<TenantRow> {
    const row = await this.stores.db.withTenant((tx) => this.stores.tenants.find(tx), id);
    if (row === null) throw HttpErrors.NOT_FOUND();
    return row;
  }
}

function tenantView({ id, name, status, createdAt, updatedAt }: TenantRow): TenantView {
  return { id, name, status, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
