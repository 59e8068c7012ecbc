import type { Role } from '@eventzr/http';

/** Somebody signed up, and a tenant with them. */
export const USER_CREATED = 'eventzr.users.created.v1';
/** What an account shows of itself changed. */
export const USER_UPDATED = 'eventzr.users.updated.v1';
/** The e-mail address of an account was proved. */
export const USER_VERIFIED = 'eventzr.users.verified.v1';
/** A password was changed or reset; the sessions that it ended are in the revocation feed. */
export const PASSWORD_CHANGED = 'eventzr.auth.password.changed.v1';

/** Events name accounts by id: who needs an address asks for it. */
export interface UserFacts {
  readonly tenantId: string;
  readonly userId: string;
}

export interface UserCreated extends UserFacts {
  readonly roles: readonly Role[];
  readonly planTier: string | null;
}

export interface UserUpdated extends UserFacts {
  readonly changed: readonly string[];
}

export type UserVerified = UserFacts;

export interface PasswordChanged extends UserFacts {
  readonly reason: 'changed' | 'reset';
}

/** The type, which is also the topic, of every event that auth produces. */
export const AUTH_EVENTS = [USER_CREATED, USER_UPDATED, USER_VERIFIED, PASSWORD_CHANGED] as const;
