import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, type SeededService } from '@eventzr/testing';
import { AuthCaller, claimsOf, type Answered } from '../auth-caller.fake.js';
import { auth } from '../auth.service-definition.js';

const EVENTZR = '00000000-0000-0000-0000-000000000001';
const STARTUP = 'a0000000-0000-4000-8000-000000000002';
const PASSWORD = 'Password123!';
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12));
let test: SeededService;
let platformAdmin: string;
const caller = new AuthCaller(() => test);

interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly adminId?: string;
}

const seen = ({ status, code }: Answered<unknown>) => [status, code];
const change = (id: string, body: object, token = platformAdmin) =>
  caller.patch<Tenant>(`tenants/${id}`, body, token);

beforeAll(async () => {
  test = await startSeededService(auth, { clock });
});
afterAll(() => test.close());
beforeEach(async () => {
  clock.advance(60_000);
  platformAdmin = (await caller.logIn('admin@eventzr.com')).accessToken;
});

describe('/tenants', () => {
  it('GET 200 with every tenant of the platform, page by page and by status', async () => {
    const first = await caller.get<Tenant[]>('tenants?limit=1', platformAdmin);
    const rest = await caller.get<Tenant[]>(`tenants?cursor=${first.page?.next_cursor}`, platformAdmin);
    expect([...first.data, ...rest.data].map(({ id, name, status }) => [id, name, status])).toEqual([
      [STARTUP, 'StartupCo', 'active'],
      [EVENTZR, 'EventZR', 'active'],
    ]);
    expect((await caller.get<Tenant[]>('tenants?status=suspended', platformAdmin)).data).toEqual([]);
    expect((await caller.get<Tenant>(`tenants/${STARTUP}`, platformAdmin)).data.name).toBe('StartupCo');
  });

  it('POST 201 with a tenant whose administrator logs in and lets others in', async () => {
    const body = {
      name: 'Fair Inc',
      admin: { email: 'Boss@Fair.Example', displayName: 'Boss', password: PASSWORD },
    };
    const { status, data, headers } = await caller.post<Tenant>('tenants', body, platformAdmin);
    expect([status, data.name, headers.location]).toEqual([201, 'Fair Inc', `/auth/v1/tenants/${data.id}`]);
    const { accessToken } = await caller.logIn('boss@fair.example');
    expect(claimsOf(accessToken)).toMatchObject({
      tenantId: data.id,
      sub: data.adminId,
      roles: ['user', 'organizer', 'admin'],
    });
    const member = { email: 'member@fair.example', displayName: 'Member' };
    expect((await caller.post('users', member, accessToken)).status).toBe(201);
    expect(seen(await caller.get('tenants', accessToken))).toEqual([403, 'FORBIDDEN']);
    const { rows } = await test.admin.query<{ type: string }>(
      'SELECT type FROM platform.outbox_events WHERE tenant_id = $1 ORDER BY time, type',
      [data.id],
    );
    expect(rows.map(({ type }) => type)).toContain('eventzr.auth.tenant.created.v1');
  });

  it('POST 409 leaves nothing behind when the administrator’s address is taken', async () => {
    const body = { name: 'Never', admin: { email: 'user@eventzr.com', displayName: 'X' } };
    expect(seen(await caller.post('tenants', body, platformAdmin))).toEqual([409, 'EMAIL_TAKEN']);
    expect((await test.admin.query(`SELECT FROM tenants WHERE name = 'Never'`)).rowCount).toBe(0);
  });

  it('PATCH suspends a whole tenant, and takes it back', async () => {
    const pair = await caller.logIn('admin@startup.co');
    expect((await change(STARTUP, { status: 'suspended', name: 'StartupCo (late)' })).data).toMatchObject({
      status: 'suspended',
      name: 'StartupCo (late)',
    });
    await test.pullFeed();
    expect((await caller.get('me', pair.accessToken)).code).toBe('TOKEN_REVOKED');
    expect((await caller.post('refresh', { refreshToken: pair.refreshToken })).code).toBe(
      'ACCOUNT_SUSPENDED',
    );
    expect((await caller.post('login', { email: 'admin@startup.co', password: PASSWORD })).code).toBe(
      'ACCOUNT_SUSPENDED',
    );
    expect((await caller.get('me', platformAdmin)).status).toBe(200);
    await change(STARTUP, { status: 'suspended' });
    expect((await change(STARTUP, { status: 'active', name: 'StartupCo' })).data.status).toBe('active');
    await test.pullFeed();
    expect((await caller.get('me', pair.accessToken)).status).toBe(200);
    await caller.refresh(pair);
    const { rows } = await test.admin.query<{ type: string }>(
      'SELECT type FROM platform.outbox_events WHERE aggregate_id = $1 ORDER BY sequence',
      [STARTUP],
    );
    expect(rows.map(({ type }) => type)).toEqual([
      'eventzr.auth.tenant.suspended.v1',
      'eventzr.auth.tenant.reinstated.v1',
    ]);
  });

  it('PATCH 409 for the platform’s own tenant, 404 for none', async () => {
    expect(seen(await change(EVENTZR, { status: 'suspended' }))).toEqual([409, 'PLATFORM_TENANT']);
    expect(seen(await change('0190b6a0-0000-7000-8000-000000000001', { name: 'X' }))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  });

  it('403 for everyone else, a tenant’s own administrator too', async () => {
    const startup = (await caller.logIn('admin@startup.co')).accessToken;
    const organizer = (await caller.logIn('organizer@eventzr.com')).accessToken;
    const body = { name: 'Mine', admin: { email: 'x@example.com', displayName: 'X' } };
    for (const token of [startup, organizer]) {
      expect(seen(await caller.get('tenants', token))).toEqual([403, 'FORBIDDEN']);
      expect(seen(await caller.get(`tenants/${STARTUP}`, token))).toEqual([403, 'FORBIDDEN']);
      expect(seen(await caller.post('tenants', body, token))).toEqual([403, 'FORBIDDEN']);
      expect(seen(await change(STARTUP, { status: 'active' }, token))).toEqual([403, 'FORBIDDEN']);
    }
  });

  it('403 for a platform administrator whose role was taken in the last hour', async () => {
    await test.admin.query(`UPDATE users SET roles = '{user}' WHERE email = 'admin@eventzr.com'`);
    expect(seen(await change(STARTUP, { status: 'suspended' }))).toEqual([403, 'FORBIDDEN']);
    await test.admin.query(
      `UPDATE users SET roles = '{user,organizer,admin}' WHERE email = 'admin@eventzr.com'`,
    );
  });

  it.each([
    ['no administrator', { name: 'X' }],
    ['an administrator without an address', { name: 'X', admin: { displayName: 'X' } }],
    ['no name', { admin: { email: 'a@example.com', displayName: 'A' } }],
    ['an administrator that is a list', { name: 'X', admin: [] }],
    ['an administrator that is null', { name: 'X', admin: null }],
  ])('POST 400 for %s', async (_, body) => {
    expect(seen(await caller.post('tenants', body, platformAdmin))).toEqual([400, 'VALIDATION_FAILED']);
  });
});
