import type { Principal, Role } from '@eventzr/http';

const RANK: Readonly<Record<Role, number>> = { user: 1, partner: 1, developer: 1, organizer: 2, admin: 3 };

/** The tenant whose administrators run the platform. */
export const PLATFORM_TENANT = '00000000-0000-0000-0000-000000000001';

export function isRole(value: unknown): value is Role {
  return typeof value === 'string' && Object.hasOwn(RANK, value);
}

/** True when one of `held` reaches one of `wanted` in `user < organizer < admin`; partner and developer count as user. */
export function hasRole(held: readonly Role[], wanted: readonly Role[]): boolean {
  if (wanted.length === 0) return true;
  const needed = Math.min(...wanted.map((role) => RANK[role]));
  return held.some((role) => RANK[role] >= needed);
}

/** The platform's own administrator: `admin` of the EventZR tenant. */
export function isPlatformAdmin(principal: Principal): boolean {
  return principal.tenantId === PLATFORM_TENANT && hasRole(principal.roles, ['admin']);
}
