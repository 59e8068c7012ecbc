import type { Role } from '@eventzr/http';

/** The type, which is also the topic, of every event that auth produces. No addresses, names or secrets: ids alone. */
export const USER_CREATED = 'eventzr.users.created.v1';
export const USER_UPDATED = 'eventzr.users.updated.v1';
export const USER_SUSPENDED = 'eventzr.users.suspended.v1';
export const USER_REINSTATED = 'eventzr.users.reinstated.v1';
export const USER_DELETED = 'eventzr.users.deleted.v1';
export const TENANT_CREATED = 'eventzr.auth.tenant.created.v1';
export const TENANT_SUSPENDED = 'eventzr.auth.tenant.suspended.v1';
export const TENANT_REINSTATED = 'eventzr.auth.tenant.reinstated.v1';

/** What every event about an account says. */
export interface UserFacts {
  readonly tenantId: string;
  readonly userId: string;
  /** Who did it. */
  readonly actorId: string;
}

export interface UserCreated extends UserFacts {
  readonly roles: readonly Role[];
}

export interface UserUpdated extends UserFacts {
  readonly roles: readonly Role[];
  /** The names of the fields that changed. */
  readonly changed: readonly string[];
}

export type UserSuspended = UserFacts;
export type UserReinstated = UserFacts;

/** The account is gone: whoever keeps something of this user removes it. */
export type UserDeleted = UserFacts;

export interface TenantFacts {
  readonly tenantId: string;
  readonly actorId: string;
}

export type TenantCreated = TenantFacts;
export type TenantSuspended = TenantFacts;
export type TenantReinstated = TenantFacts;

export const authEvents = [
  USER_CREATED,
  USER_UPDATED,
  USER_SUSPENDED,
  USER_REINSTATED,
  USER_DELETED,
  TENANT_CREATED,
  TENANT_SUSPENDED,
  TENANT_REINSTATED,
] as const;
