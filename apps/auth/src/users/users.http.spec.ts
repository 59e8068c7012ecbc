import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, type SeededService } from '@eventzr/testing';
import { AuthCaller, claimsOf, type Answered, type Person } from '../auth-caller.fake.js';
import { auth } from '../auth.service-definition.js';

const EVENTZR = '00000000-0000-0000-0000-000000000001';
const STARTUP = 'a0000000-0000-4000-8000-000000000002';
const idOf = (number: number) => `00000000-0000-4000-8000-000000000${number}`;
const [ADMIN, ORGANIZER, USER, STARTUP_ADMIN] = [102, 103, 104, 201].map(idOf) as [
  string,
  string,
  string,
  string,
];
const NEVER = '0190b6a0-0000-7000-8000-000000000001';
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12));
let test: SeededService;
let admin: string;
const caller = new AuthCaller(() => test);

const list = async (query = '', token = admin) => (await caller.get<Person[]>(`users${query}`, token)).data;
const change = (id: string, body: object, token = admin) => caller.patch<Person>(`users/${id}`, body, token);
const make = (body: object, token = admin) => caller.post<Person>('users', body, token);
const remove = (id: string, token = admin) => caller.call('delete', `users/${id}`, { token });
const seen = ({ status, code }: Answered<unknown>) => [status, code];
const eventsOf = async (userId: string) => {
  const { rows } = await test.admin.query<{ type: string; data: Record<string, unknown> }>(
    'SELECT type, data FROM platform.outbox_events WHERE aggregate_id = $1 ORDER BY sequence',
    [userId],
  );
  return rows;
};
const person = () => caller.person(admin);

beforeAll(async () => {
  test = await startSeededService(auth, { clock });
});
afterAll(() => test.close());
beforeEach(async () => {
  clock.advance(60_000);
  admin = (await caller.logIn('admin@eventzr.com')).accessToken;
});

describe('GET /users', () => {
  it('200 with the accounts of the tenant alone, by status, role and part of the name or address', async () => {
    const emails = (await list('?search=%40eventzr.com&limit=100')).map(({ email }) => email).sort();
    expect(emails).toEqual(
      ['admin', 'dev', 'organizer', 'partner', 'user'].map((name) => `${name}@eventzr.com`),
    );
    expect((await list('?role=organizer&search=%40eventzr.com')).map(({ id }) => id).sort()).toEqual([
      ADMIN,
      ORGANIZER,
    ]);
    expect((await list('?search=UMA')).map(({ id }) => id)).toEqual([USER]);
    expect((await list('?search=user%40ev')).map(({ id }) => id)).toEqual([USER]);
    expect(await list('?status=suspended')).toEqual([]);
    for (const sign of ['%25', '_', '%5C']) expect(await list(`?search=${sign}`)).toEqual([]);
    const startup = (await caller.logIn('admin@startup.co')).accessToken;
    expect((await list('', startup)).map(({ id }) => id)).toEqual([STARTUP_ADMIN]);
  });

  it('200 page by page, each account once', async () => {
    const ids: string[] = [];
    let query = '?limit=2';
    for (;;) {
      const { data, page } = await caller.get<Person[]>(`users${query}`, admin);
      expect(data.length).toBeLessThanOrEqual(2);
      ids.push(...data.map(({ id }) => id));
      if (page?.next_cursor == null) break;
      query = `?limit=2&cursor=${page.next_cursor}`;
    }
    expect(ids).toEqual((await list()).map(({ id }) => id));
  });

  it('shows no secret', async () => {
    const { data } = await caller.get('users/' + idOf(101), admin);
    expect(Object.keys(data).sort()).toEqual([
      'createdAt', 'displayName', 'email', 'emailVerified', 'id', 'mfaEnabled', 'mfaPolicy', 'planTier', 'roles',
      'status', 'tenantId', 'updatedAt',
    ]); // prettier-ignore
  });

  it('403 for everyone but administrators, 400 for filters that are none', async () => {
    for (const email of [
      'user@eventzr.com',
      'organizer@eventzr.com',
      'partner@eventzr.com',
      'dev@eventzr.com',
    ]) {
      const { accessToken } = await caller.logIn(email);
      expect(seen(await caller.get('users', accessToken))).toEqual([403, 'FORBIDDEN']);
      expect(seen(await change(USER, { roles: ['admin'] }, accessToken))).toEqual([403, 'FORBIDDEN']);
    }
    for (const query of ['?role=root', '?status=x', '?cursor=x', '?search='])
      expect((await caller.get(`users${query}`, admin)).status).toBe(400);
  });
});

describe('POST /users', () => {
  it('201 with an account of the caller’s tenant, which may log in and is told of', async () => {
    const body = {
      email: 'New.Person@Example.com',
      displayName: 'New Person',
      password: 'a long password',
      roles: ['organizer'],
    };
    const answer = await make(body);
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe(`/auth/v1/users/${answer.data.id}`);
    expect(answer.data).toMatchObject({
      email: 'new.person@example.com', tenantId: EVENTZR, roles: ['user', 'organizer'], status: 'active', planTier: 'BASE', emailVerified: false,
    }); // prettier-ignore
    const { accessToken } = await caller.logIn('new.person@example.com', 'a long password');
    expect(claimsOf(accessToken)).toMatchObject({ tenantId: EVENTZR, roles: ['user', 'organizer'] });
    expect(await eventsOf(answer.data.id)).toEqual([
      {
        type: 'eventzr.users.created.v1',
        data: { tenantId: EVENTZR, userId: answer.data.id, actorId: ADMIN, roles: ['user', 'organizer'] },
      },
    ]);
  });

  it('409 EMAIL_TAKEN, also by another tenant and at once', async () => {
    const body = { email: 'admin@startup.co', displayName: 'X' };
    expect(seen(await make(body))).toEqual([409, 'EMAIL_TAKEN']);
    const twice = { email: 'twice@example.com', displayName: 'Twice' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => make(twice)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  it.each([
    ['no name', { email: 'a@example.com' }],
    ['an unknown role', { email: 'a@example.com', displayName: 'A', roles: ['root'] }],
    ['a role twice', { email: 'a@example.com', displayName: 'A', roles: ['user', 'user'] }],
    ['a tenant of its choice', { email: 'a@example.com', displayName: 'A', tenantId: STARTUP }],
    ['a short password', { email: 'a@example.com', displayName: 'A', password: '1234567' }],
    ['a name of two lines', { email: 'a@example.com', displayName: 'A\nB' }],
    ['a name of blanks', { email: 'a@example.com', displayName: ' \u2003 ' }],
  ])('400 for %s', async (_, body) => {
    expect(seen(await make(body))).toEqual([400, 'VALIDATION_FAILED']);
  });
});

describe('PATCH /users/:id', () => {
  it('roles reach the tokens at the next refresh, and the name the account', async () => {
    const { id, email } = await person();
    const pair = await caller.logIn(email);
    const { data } = await change(id, { roles: ['organizer', 'partner'], displayName: 'Renamed' });
    expect(data).toMatchObject({ roles: ['user', 'organizer', 'partner'], displayName: 'Renamed' });
    expect(claimsOf(pair.accessToken).roles).toEqual(['user']);
    expect(claimsOf((await caller.refresh(pair)).accessToken).roles).toEqual([
      'user',
      'organizer',
      'partner',
    ]);
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      type: 'eventzr.users.updated.v1',
      data: { changed: ['displayName', 'roles'], roles: ['user', 'organizer', 'partner'] },
    });
  });

  it('suspended: no token works, no refresh, no log-in; active again: the session goes on', async () => {
    const { id, email } = await person();
    const pair = await caller.logIn(email);
    expect((await change(id, { status: 'suspended' })).data.status).toBe('suspended');
    await test.pullFeed();
    expect((await caller.get('me', pair.accessToken)).code).toBe('TOKEN_REVOKED');
    expect((await caller.post('refresh', { refreshToken: pair.refreshToken })).code).toBe(
      'ACCOUNT_SUSPENDED',
    );
    expect((await caller.post('login', { email, password: 'Password123!' })).code).toBe('ACCOUNT_SUSPENDED');
    await change(id, { status: 'suspended' }); // changes nothing, and leaves no second line behind
    await change(id, { status: 'active' });
    await test.pullFeed();
    expect((await caller.get('me', pair.accessToken)).status).toBe(200);
    await caller.refresh(pair);
    expect((await eventsOf(id)).map(({ type }) => type)).toEqual([
      'eventzr.users.created.v1',
      'eventzr.users.suspended.v1',
      'eventzr.users.reinstated.v1',
    ]);
  });

  it('mfaPolicy always only for accounts that have a second factor', async () => {
    expect(seen(await change(USER, { mfaPolicy: 'always' }))).toEqual([400, 'MFA_NOT_ENABLED']);
  });

  it('the same Idempotency-Key has one effect and one answer', async () => {
    const { id } = await person();
    const call = () =>
      caller.call<Person>('patch', `users/${id}`, {
        token: admin,
        body: { displayName: 'Once' },
        headers: { 'idempotency-key': id },
      });
    const [first, again] = [await call(), await call()];
    expect(again.data).toEqual(first.data);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await eventsOf(id)).toHaveLength(2);
  });

  it('404 for another tenant’s account and for none, whatever is asked', async () => {
    const startup = (await caller.logIn('admin@startup.co')).accessToken;
    for (const [id, token] of [[USER, startup], [STARTUP_ADMIN, admin], [NEVER, admin]] as const) {
      expect(seen(await caller.get(`users/${id}`, token))).toEqual([404, 'NOT_FOUND']);
      expect(seen(await change(id, { status: 'suspended' }, token))).toEqual([404, 'NOT_FOUND']);
      expect(seen(await caller.post(`users/${id}/unlock`, undefined, token))).toEqual([404, 'NOT_FOUND']);
      expect(seen(await remove(id, token))).toEqual([404, 'NOT_FOUND']);
    } // prettier-ignore
  });

  it('400 for roles that are none, and for fields that are not an administrator’s to set', async () => {
    for (const body of [
      { roles: [] },
      { roles: ['superadmin'] },
      { tenantId: EVENTZR },
      { planTier: 'ENTERPRISE' },
      { email: 'x@y.z' },
      { status: 'gone' },
    ])
      expect(seen(await change(USER, body))).toEqual([400, 'VALIDATION_FAILED']);
  });
});

describe('POST /users/:id/unlock', () => {
  it('200, and a locked account opens at once', async () => {
    const { id, email } = await person();
    for (let attempt = 0; attempt < 5; attempt += 1) await caller.post('login', { email, password: 'wrong' });
    expect((await caller.post('login', { email, password: 'Password123!' })).code).toBe('ACCOUNT_LOCKED');
    expect((await caller.post(`users/${id}/unlock`, undefined, admin)).data).toEqual({ unlocked: true });
    await caller.logIn(email);
  });

  it('200 also for who locked themselves out at their own desk', async () => {
    const { id, email } = await person();
    await caller.logIn(email); // from here on the address is known
    for (let attempt = 0; attempt < 5; attempt += 1) await caller.post('login', { email, password: 'wrong' });
    expect((await caller.post('login', { email, password: 'Password123!' })).code).toBe('ACCOUNT_LOCKED');
    expect((await caller.post(`users/${id}/unlock`, undefined, admin)).data).toEqual({ unlocked: true });
    await caller.logIn(email);
  });
});

describe('DELETE /users/:id', () => {
  it('200, and nothing of the person is left: no session, no address, no name; others are told by id', async () => {
    const { id, email } = await person();
    const pair = await caller.logIn(email);
    expect((await remove(id)).data).toEqual({ id, deleted: true });
    await test.pullFeed();
    expect((await caller.get('me', pair.accessToken)).code).toBe('TOKEN_REVOKED');
    expect((await caller.post('refresh', { refreshToken: pair.refreshToken })).code).toBe('SESSION_EXPIRED');
    expect((await caller.post('login', { email, password: 'Password123!' })).code).toBe(
      'INVALID_CREDENTIALS',
    );
    expect(seen(await caller.get(`users/${id}`, admin))).toEqual([404, 'NOT_FOUND']);
    await test.drainJobs(); // what was still to be mailed
    for (const table of [
      'users',
      'mail_orders',
      'account_tokens',
      'sessions',
      'recovery_codes',
      'subscribed_plans',
      'revocations',
      'platform.outbox_events',
      'platform.idempotency_keys',
    ]) {
      const { rows } = await test.admin.query<{ text: string }>(`SELECT t::text AS text FROM ${table} t`);
      expect([table, rows.filter(({ text }) => text.includes(email))]).toEqual([table, []]);
    }
    expect((await eventsOf(id)).at(-1)).toEqual({
      type: 'eventzr.users.deleted.v1',
      data: { tenantId: EVENTZR, userId: id, actorId: ADMIN },
    });
    const { rows } = await test.admin.query<{ subscriber: string }>(
      `SELECT d.subscriber FROM platform.outbox_deliveries d JOIN platform.outbox_events e ON e.id = d.event_id
        WHERE e.aggregate_id = $1 AND e.type = 'eventzr.users.deleted.v1'`,
      [id],
    );
    expect(rows.map(({ subscriber }) => subscriber).sort()).toEqual(['subscriptions', 'vault']);
    expect((await make({ email, displayName: 'Someone else' })).status).toBe(201);
  });

  it('a suspended account leaves no line in the feed that would stay for ever', async () => {
    const { id } = await person();
    await change(id, { status: 'suspended' });
    await remove(id);
    const { rows } = await test.admin.query(
      'SELECT FROM revocations WHERE value = $1 AND expires_at IS NULL',
      [id],
    );
    expect(rows).toEqual([]);
  });
});
