import type { Role } from '@eventzr/http';

/** The type, which is also the topic, of every event that auth produces. No addresses, names or secrets: ids alone. */
export const USER_CREATED = 'eventzr.users.created.v1';
export const USER_UPDATED = 'eventzr.users.updated.v1';
/** The e-mail address of an account was proved. */
export const USER_VERIFIED = 'eventzr.users.verified.v1';
export const USER_SUSPENDED = 'eventzr.users.suspended.v1';
export const USER_REINSTATED = 'eventzr.users.reinstated.v1';
export const USER_DELETED = 'eventzr.users.deleted.v1';
/** A password was changed or reset; the sessions that it ended are in the revocation feed. */
export const PASSWORD_CHANGED = 'eventzr.auth.password.changed.v1';
export const TENANT_CREATED = 'eventzr.auth.tenant.created.v1';
export const TENANT_SUSPENDED = 'eventzr.auth.tenant.suspended.v1';
export const TENANT_REINSTATED = 'eventzr.auth.tenant.reinstated.v1';

/** What every event about an account says. */
export interface UserFacts {
  readonly tenantId: string;
  readonly userId: string;
  /** Who did it: the user themselves or an administrator. */
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

export type UserVerified = UserFacts;
export type UserSuspended = UserFacts;
export type UserReinstated = UserFacts;

/** The account is gone: whoever keeps something of this user removes it. */
export type UserDeleted = UserFacts;

export interface PasswordChanged extends UserFacts {
  readonly reason: 'changed' | 'reset';
}

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
  USER_VERIFIED,
  USER_SUSPENDED,
  USER_REINSTATED,
  USER_DELETED,
  PASSWORD_CHANGED,
  TENANT_CREATED,
  TENANT_SUSPENDED,
  TENANT_REINSTATED,
] as const;
