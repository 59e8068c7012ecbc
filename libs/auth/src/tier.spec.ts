import { describe, expect, it } from '@jest/globals';
import { hasRole, isPlatformAdmin } from './roles.js';
import { normalizeTier } from './tier.js';

describe('normalizeTier', () => {
  it.each([
    ['professional', 'PRO'],
    ['PRO', 'PRO'],
    ['PROMAX', 'PRO'],
    ['Team PRO', 'PRO'],
    ['TEAM_PRO', 'PRO'],
    ['ENTERPRISE', 'ENTERPRISE'],
    ['Team ENTERPRISE', 'ENTERPRISE'],
    ['BASE', 'BASE'],
    ['STUDENT', 'BASE'],
    ['STARTUP', 'BASE'],
    ['', 'BASE'],
    ['professionals', 'BASE'],
    [undefined, 'BASE'],
    [null, 'BASE'],
    [7, 'BASE'],
  ])('%p is %s', (planTier, tier) => {
    expect(normalizeTier(planTier)).toBe(tier);
  });
});

describe('roles', () => {
  it.each([
    [['user'], ['organizer'], false],
    [['organizer'], ['organizer'], true],
    [['admin'], ['organizer'], true],
    [['admin'], ['user'], true],
    [['partner'], ['user'], true],
    [['developer'], ['organizer'], false],
    [[], [], true],
    [[], ['user'], false],
    [['user'], ['admin', 'organizer'], false],
  ] as const)('%j on a route for %j: %p', (held, wanted, admitted) => {
    expect(hasRole(held, wanted)).toBe(admitted);
  });

  it('only the EventZR tenant has platform administrators', () => {
    const admin = { roles: ['admin'], tenantId: '00000000-0000-0000-0000-000000000001' } as never;
    const other = { roles: ['admin'], tenantId: 'a0000000-0000-4000-8000-000000000002' } as never;
    expect([isPlatformAdmin(admin), isPlatformAdmin(other)]).toEqual([true, false]);
  });
});
