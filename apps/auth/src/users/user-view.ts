import { ROLES, type ChangeUserBody, type ManagedUserView } from './users.dto.js';
import type { UserChange, UserRow } from './users.repository.js';

/** Roles as they are kept: everyone is a user, each once, in one order. */
export function rolesOf(wanted: readonly string[]): string[] {
  return ROLES.filter((role) => role === 'user' || wanted.includes(role));
}

/** What of `body` is different from what the account is. */
export function differenceOf(before: UserRow, body: ChangeUserBody): UserChange {
  const { displayName, status, mfaPolicy } = body;
  const roles = body.roles === undefined ? undefined : rolesOf(body.roles);
  return {
    ...(displayName === undefined || displayName === before.displayName ? {} : { displayName }),
    ...(roles === undefined || roles.join() === rolesOf(before.roles).join() ? {} : { roles }),
    ...(status === undefined || status === before.status ? {} : { status }),
    ...(mfaPolicy === undefined || mfaPolicy === before.mfaPolicy ? {} : { mfaPolicy }),
  };
}

export function userView(row: UserRow): ManagedUserView {
  const { id, tenantId, email, displayName, roles, planTier, status, mfaPolicy } = row;
  return {
    id,
    tenantId,
    email,
    emailVerified: row.emailVerifiedAt !== null,
    displayName,
    roles,
    planTier,
    status,
    mfaPolicy,
    mfaEnabled: row.totpSecretSealed !== null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
