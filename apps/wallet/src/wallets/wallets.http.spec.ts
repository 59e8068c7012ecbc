import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { seedTestDatabase, startService, type TestService } from '@eventzr/testing';
import pg from 'pg';
import { wallet } from '../wallet.service-definition.js';
import { teamWalletId, userWalletId } from './wallet-ids.js';

const TENANT = '00000000-0000-0000-0000-000000000001';
const STARTUP = 'a0000000-0000-4000-8000-000000000002';
const USER = '00000000-0000-4000-8000-000000000104';
const ADMIN = '00000000-0000-4000-8000-000000000102';
const STARTUP_ADMIN = '00000000-0000-4000-8000-000000000201';
const MINE = userWalletId(TENANT, USER);
const TEAM = teamWalletId(TENANT);

type Agent = Awaited<ReturnType<TestService['as']>>;

let test: TestService;
let superuser: pg.Client;
let user: Agent;
let admin: Agent;
let startupAdmin: Agent;

beforeAll(async () => {
  test = await startService(wallet);
  await seedTestDatabase('wallet', test.database, test.clock.now());
  await logIn();
  superuser = new pg.Client({ connectionString: test.database.adminUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await test.close();
});

async function logIn(): Promise<void> {
  user = await test.as({ userId: USER, tenantId: TENANT, roles: ['user'] });
  admin = await test.as({ userId: ADMIN, tenantId: TENANT, roles: ['user', 'organizer', 'admin'] });
  startupAdmin = await test.as({
    userId: STARTUP_ADMIN,
    tenantId: STARTUP,
    roles: ['user', 'organizer', 'admin'],
  });
}

const path = (rest: string) => `/wallet/v1${rest}`;
const dataOf = <T = Record<string, unknown>>(answer: { body: unknown }) => (answer.body as { data: T }).data;
const codeOf = (answer: { body: unknown }) => (answer.body as { error: { code: string } }).error.code;
const available = async (agent: Agent, id: string) =>
  Number(dataOf(await agent.get(path(`/wallets/${id}`)).expect(200))['available']);

const reserve = (userId: string, amount: number, changes: object = {}) =>
  test.internal('studio').post(path('/internal/holds')).send({
    id: newId(), tenantId: TENANT, userId, roles: ['user'], operation: 'images.generate', referenceId: 'job', amount,
    deadline: new Date(test.clock.now().getTime() + 60_000).toISOString(), ...changes,
  }); // prettier-ignore

async function hold(userId: string, amount: number, changes: object = {}): Promise<string> {
  const answer = await reserve(userId, amount, changes).expect(201);
  return String(dataOf(answer)['id']);
}

const settle = (id = '', action: 'capture' | 'release', body: object = {}) =>
  test
    .internal('studio')
    .post(path(`/internal/holds/${id}/${action}`))
    .send({ tenantId: TENANT, ...body });

async function charge(
  userId: string,
  amount: number,
  tenantId = TENANT,
  changes: object = {},
): Promise<void> {
  const id = await hold(userId, amount, { tenantId, ...changes });
  await settle(id, 'capture', { tenantId, amount }).expect(200);
}

describe('the seeds', () => {
  it('give every documented user 10,000 and every team 50,000, once', async () => {
    await seedTestDatabase('wallet', test.database, test.clock.now());
    const { rows } = await superuser.query<{ kind: string; available: string }>(
      'SELECT kind, available FROM wallet.wallets ORDER BY kind, id',
    );
    expect(rows.map(({ kind, available: credits }) => `${kind} ${credits}`)).toEqual([...Array<string>(2).fill('team 50000'), ...Array<string>(6).fill('user 10000')]); // prettier-ignore
    const sum = await superuser.query<{ sum: string }>('SELECT sum(amount) FROM wallet.entries');
    expect(Number(sum.rows[0]?.sum)).toBe(0);
  });
});

describe('GET /wallets', () => {
  it("my wallet and my team's", async () => {
    const wallets = dataOf<Record<string, unknown>[]>(await user.get(path('/wallets')).expect(200));
    expect(wallets).toEqual([
      { id: MINE, kind: 'user', ownerId: USER, available: 10_000, held: 0, currency: 'credits', frozen: false, grants: [expect.objectContaining({ source: 'seed', remaining: 10_000 })] },
      expect.objectContaining({ id: TEAM, kind: 'team', ownerId: TENANT, available: 50_000 }),
    ]); // prettier-ignore
  });

  it('makes an empty wallet for somebody new', async () => {
    const someone = await test.as({ userId: randomUUID(), tenantId: randomUUID() });
    const [first, second] = dataOf<Record<string, unknown>[]>(
      await someone.get(path('/wallets')).expect(200),
    );
    expect([first, second]).toMatchObject([
      { kind: 'user', available: 0 },
      { kind: 'team', available: 0 },
    ]);
  });

  it('401 without a token', () => test.request().get(path('/wallets')).expect(401));
});

describe('GET /wallets/:id', () => {
  it("mine and the team's; 404 for a colleague's, which administrators see", async () => {
    await user.get(path(`/wallets/${TEAM}`)).expect(200);
    expect(codeOf(await user.get(path(`/wallets/${userWalletId(TENANT, ADMIN)}`)).expect(404))).toBe(
      'ERR_WALLET_NOT_FOUND',
    );
    await admin.get(path(`/wallets/${MINE}`)).expect(200);
    await admin.get(path(`/wallets/${newId()}`)).expect(404);
    await user.get(path('/wallets/not-a-uuid')).expect(400);
  });
});

describe('every route with an id, asked by another tenant', () => {
  it.each([
    ['get', `/wallets/${MINE}`],
    ['get', `/wallets/${TEAM}`],
    ['get', `/wallets/${MINE}/transactions`],
    ['get', `/wallets/${MINE}/transactions?format=csv`],
    ['get', `/wallets/${MINE}/holds`],
  ] as const)('%s %s: 404', async (method, url) => {
    expect(codeOf(await startupAdmin[method](path(url)).expect(404))).toBe('ERR_WALLET_NOT_FOUND');
  });

  it.each([
    ['post', `/wallets/${MINE}/top-ups`, { amount: 5 }],
    ['post', `/wallets/${MINE}/freeze`, {}],
    ['post', `/wallets/${MINE}/unfreeze`, {}],
    ['post', `/transactions/${newId()}/refunds`, {}],
  ] as const)('%s %s: 403, it takes a platform administrator', async (method, url, body) => {
    await startupAdmin[method](path(url)).send(body).expect(403);
    await user[method](path(url)).send(body).expect(403);
  });

  it('holds of another tenant do not show', async () => {
    await charge(STARTUP_ADMIN, 5, STARTUP);
    const holds = dataOf<unknown[]>(
      await startupAdmin.get(path(`/wallets/${userWalletId(STARTUP, STARTUP_ADMIN)}/holds`)).expect(200),
    );
    expect(holds).toHaveLength(1);
  });
});

describe('POST /wallets/:id/top-ups', () => {
  it('adds a grant, once per key; another amount under the key is refused', async () => {
    const before = await available(user, MINE);
    const send = (amount: number) =>
      admin
        .post(path(`/wallets/${MINE}/top-ups`))
        .set('idempotency-key', 'top-up-1')
        .send({ amount });
    const first = await send(500).expect(201);
    const again = await send(500).expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(dataOf(again)).toEqual(dataOf(first));
    await send(501).expect(422);
    expect(await available(user, MINE)).toBe(before + 500);
  });

  it('credits again when the key is used again after its answer was forgotten', async () => {
    const before = await available(user, MINE);
    const send = () =>
      admin
        .post(path(`/wallets/${MINE}/top-ups`))
        .set('idempotency-key', 'top-up-every-month')
        .send({ amount: 70 });
    await send().expect(201);
    test.clock.advance(24 * 3_600_000 + 1);
    await logIn();
    const again = await send().expect(201);
    expect(again.headers['idempotency-replayed']).toBeUndefined();
    expect(await available(user, MINE)).toBe(before + 140);
  });

  it('400 for credits that would be lost as they arrive, or in no year that the ledger can hold', async () => {
    const before = await available(user, MINE);
    const now = test.clock.now();
    for (const expiresAt of [
      now.toISOString(),
      '2020-01-01T00:00:00Z',
      '9999-12-31T23:59:59-12:00',
      '2027-W01-1',
    ])
      await admin
        .post(path(`/wallets/${MINE}/top-ups`))
        .send({ amount: 5, expiresAt })
        .expect(400);
    const ahead = new Date(now.getTime() + 1).toISOString();
    await admin
      .post(path(`/wallets/${MINE}/top-ups`))
      .send({ amount: 5, expiresAt: ahead })
      .expect(201);
    expect(await available(user, MINE)).toBe(before + 5);
  });

  it("reaches another tenant's wallet by its tenant id, 404 without", async () => {
    const id = userWalletId(STARTUP, STARTUP_ADMIN);
    await admin
      .post(path(`/wallets/${id}/top-ups`))
      .send({ amount: 5 })
      .expect(404);
    await admin
      .post(path(`/wallets/${id}/top-ups`))
      .send({ amount: 5, tenantId: STARTUP })
      .expect(201);
  });

  it.each([
    [{ amount: 0 }],
    [{ amount: -5 }],
    [{ amount: 1.5 }],
    [{ amount: '5' }],
    [{}],
    [{ amount: 5, other: 1 }],
    [{ amount: 5, reason: 'a\u0000b' }],
    [{ amount: 5, expiresAt: '2026-W05-1' }],
    [{ amount: 5, expiresAt: 'soon' }],
  ])('400 for %j', async (body) => {
    await admin
      .post(path(`/wallets/${MINE}/top-ups`))
      .send(body)
      .expect(400);
  });
});

describe('POST /wallets/:id/freeze', () => {
  it('refuses new holds and says so; what is held is settled, and credits still come in', async () => {
    const open = [await hold(USER, 7), await hold(USER, 9)];
    await admin
      .post(path(`/wallets/${MINE}/freeze`))
      .send({ reason: 'review' })
      .expect(200);
    const before = await available(user, MINE);
    expect(dataOf(await user.get(path(`/wallets/${MINE}`)))).toMatchObject({ frozen: true, held: 16 });
    for (const choice of [{}, { walletChoice: 'user' }, { roles: ['admin'] }]) {
      const refused = await reserve(USER, 1, choice).expect(403);
      expect((refused.body as { error: object }).error).toMatchObject({ code: 'ERR_WALLET_FROZEN', details: { walletId: MINE } }); // prettier-ignore
    }
    await reserve(USER, 1, { walletChoice: 'team', roles: ['admin'] }).expect(201);
    await settle(open[0], 'capture', { amount: 4 }).expect(200);
    await settle(open[1], 'release').expect(200);
    await admin
      .post(path(`/wallets/${MINE}/top-ups`))
      .send({ amount: 5 })
      .expect(201);
    expect(await available(user, MINE)).toBe(before + 3 + 9 + 5);
    await admin
      .post(path(`/wallets/${MINE}/unfreeze`))
      .set('content-type', 'application/json')
      .expect(200);
    await charge(USER, 1);
  });
});
