import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, type ServiceName } from '@eventzr/config';
import { seedTestDatabase, startService, TEST_INTERNAL_KEY, type TestService } from '@eventzr/testing';
import { wallet } from '../wallet.service-definition.js';
import { teamWalletId, userWalletId } from '../wallets/wallet-ids.js';

const TENANT = '00000000-0000-0000-0000-000000000001';
const OTHER_TENANT = 'a0000000-0000-4000-8000-000000000002';
const USER = '00000000-0000-4000-8000-000000000104';
const HOUR = 3_600_000;

let test: TestService;
let deadline: string;

beforeAll(async () => {
  test = await startService(wallet);
  await seedTestDatabase('wallet', test.database, test.clock.now());
});
afterAll(() => test.close());
beforeEach(() => {
  deadline = new Date(test.clock.now().getTime() + HOUR).toISOString();
});

const bodyOf = (changes: object = {}) => ({
  id: newId(), tenantId: TENANT, userId: USER, roles: ['user'], walletChoice: null, operation: 'images.generate',
  referenceId: 'job-1', amount: 30, deadline, ...changes,
}); // prettier-ignore

const reserve = (changes: object = {}, service: ServiceName = 'studio') =>
  test.internal(service).post('/wallet/v1/internal/holds').send(bodyOf(changes));

async function held(amount = 30, changes: object = {}): Promise<string> {
  const answer = await reserve({ amount, ...changes }).expect(201);
  return (answer.body as { data: { id: string } }).data.id;
}

const settle = (
  id: string,
  action: 'capture' | 'release',
  body: object = {},
  service: ServiceName = 'studio',
) =>
  test
    .internal(service)
    .post(`/wallet/v1/internal/holds/${id}/${action}`)
    .send({ tenantId: TENANT, ...body });

const job = (name: string) =>
  test.request().post(`/wallet/v1/jobs/${name}`).set('x-internal-api-key', TEST_INTERNAL_KEY);

const errorOf = (answer: { body: unknown }) =>
  (answer.body as { error: { code: string; details: unknown } }).error;
const dataOf = (answer: { body: unknown }) => (answer.body as { data: Record<string, unknown> }).data;

describe('POST /internal/holds', () => {
  it("201 takes it from the user's wallet", async () => {
    const answer = await reserve().expect(201);
    expect(dataOf(answer)).toMatchObject({ state: 'open', amount: 30, kind: 'user', walletId: userWalletId(TENANT, USER), service: 'studio', deadline }); // prettier-ignore
    expect(new Date(String(dataOf(answer)['expiresAt'])).getTime()).toBe(Date.parse(deadline) + HOUR);
  });

  it('200 with the first result for the same fields, whatever the roles have become', async () => {
    const body = bodyOf();
    const first = await reserve(body).expect(201);
    test.clock.advance(1_000);
    const again = await reserve({ ...body, roles: ['user', 'admin'] }).expect(200);
    expect(dataOf(again)).toEqual(dataOf(first));
  });

  it.each([
    ['userId', { userId: '00000000-0000-4000-8000-000000000105' }],
    ['walletChoice', { walletChoice: 'user' }],
    ['operation', { operation: 'images.transform' }],
    ['referenceId', { referenceId: 'job-2' }],
    ['amount', { amount: 31 }],
    ['deadline', { deadline: '2030-01-01T00:00:00.000Z' }],
  ])('409 naming %s when it differs', async (field, changes) => {
    const body = bodyOf();
    await reserve(body).expect(201);
    expect(errorOf(await reserve({ ...body, ...changes }).expect(409))).toMatchObject({ code: 'ERR_WALLET_IDEMPOTENCY_CONFLICT', details: { field } }); // prettier-ignore
  });

  it('409 for an id that another service uses', async () => {
    const body = bodyOf();
    await reserve(body).expect(201);
    expect(errorOf(await reserve(body, 'aibrain').expect(409))).toMatchObject({ details: { field: 'id' } });
  });

  it('402 says what is required, what is there, and where', async () => {
    const answer = await reserve({ amount: 1_000_000 }).expect(402);
    expect(errorOf(answer)).toMatchObject({
      code: 'ERR_WALLET_INSUFFICIENT_CREDITS',
      details: { required: 1_000_000, available: expect.any(Number), walletId: userWalletId(TENANT, USER) },
    });
  });

  it("the team pays when the user lacks credits and the team's policy admits the role", async () => {
    const answer = await reserve({ amount: 20_000, roles: ['organizer'] }).expect(201);
    expect(dataOf(answer)).toMatchObject({ kind: 'team', walletId: teamWalletId(TENANT) });
    await settle(String(dataOf(answer)['id']), 'release').expect(200);
    await reserve({ amount: 20_000, roles: ['user', 'partner'] }).expect(402);
    await reserve({ amount: 20_000, roles: ['organizer'], walletChoice: 'user' }).expect(402);
  });

  it('the team wallet by choice: 403 when the policy does not admit the role', async () => {
    expect(errorOf(await reserve({ walletChoice: 'team' }).expect(403)).code).toBe(
      'ERR_WALLET_TEAM_NOT_ALLOWED',
    );
    await held(30, { walletChoice: 'team', roles: ['admin'] });
  });

  it('409 for a hold that would be expired at once', async () => {
    const past = new Date(test.clock.now().getTime() - 2 * HOUR).toISOString();
    expect(errorOf(await reserve({ deadline: past }).expect(409)).code).toBe('ERR_WALLET_HOLD_EXPIRED');
  });

  it.each([
    { deadline: '2030-W05-1' },
    { deadline: '9999-12-31T23:59:59-12:00' },
    { deadline: '2030-02-30T00:00:00Z' },
    { operation: 'a\u0000b' },
    { referenceId: '\u0000' },
    { amount: 1e15 },
  ])('400 for %j', async (changes) => {
    await reserve(changes).expect(400);
  });

  it('400 names every fault', async () => {
    const answer = await test
      .internal('studio')
      .post('/wallet/v1/internal/holds')
      .send({ amount: 0, extra: 1 })
      .expect(400);
    const fields = (errorOf(answer).details as { field: string }[]).map(({ field }) => field);
    expect(fields).toEqual(
      expect.arrayContaining([
        'tenantId',
        'userId',
        'roles',
        'id',
        'operation',
        'amount',
        'deadline',
        'extra',
      ]),
    );
  });

  it('401 without a service key, 403 for services that charge nothing, 404 on the public port', async () => {
    const key = { 'x-service-name': 'studio', 'x-service-key': 'wrong-key' };
    await test.internal('studio').post('/wallet/v1/internal/holds').set(key).send(bodyOf()).expect(401);
    await reserve({}, 'vault').expect(403);
    await test.request().post('/wallet/v1/internal/holds').send(bodyOf()).expect(404);
  });

  it('of 30 at once on credits for 10, exactly 10 succeed', async () => {
    const userId = randomUUID();
    await topUp(userId, 100);
    const answers = await Promise.all(Array.from({ length: 30 }, () => reserve({ userId, amount: 10 })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 402)).toHaveLength(20);
  });

  it('the same request 20 times at once: one hold', async () => {
    const body = bodyOf();
    const answers = await Promise.all(Array.from({ length: 20 }, () => reserve(body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(new Set(answers.map((answer) => JSON.stringify(dataOf(answer)))).size).toBe(1);
  });
});

async function topUp(userId: string, amount: number): Promise<void> {
  const owner = await test.as({ userId, tenantId: TENANT });
  await owner.get('/wallet/v1/wallets').expect(200);
  const admin = await test.as({ tenantId: TENANT, roles: ['admin'] });
  await admin
    .post(`/wallet/v1/wallets/${userWalletId(TENANT, userId)}/top-ups`)
    .send({ amount })
    .expect(201);
}

describe('settling a hold', () => {
  type Call = [action: 'capture' | 'release', body: object];
  const capture: Call = ['capture', { amount: 20 }];
  const release: Call = ['release', {}];
  const states = {
    open: async () => held(),
    captured: async () => {
      const id = await held();
      await settle(id, 'capture', { amount: 20 }).expect(200);
      return id;
    },
    released: async () => {
      const id = await held();
      await settle(id, 'release').expect(200);
      return id;
    },
    expired: async () => {
      const id = await held();
      test.clock.advance(2 * HOUR + 1);
      await job('expire-holds').expect(200);
      return id;
    },
    tombstone: async () => {
      const id = newId();
      await settle(id, 'release').expect(200);
      return id;
    },
    unknown: () => Promise.resolve(newId()),
  };

  it.each<[keyof typeof states, Call, number, string]>([
    ['open', capture, 200, 'captured'],
    ['open', release, 200, 'released'],
    ['captured', capture, 200, 'captured'],
    ['captured', ['capture', { amount: 19 }], 409, 'ERR_WALLET_IDEMPOTENCY_CONFLICT'],
    ['captured', release, 409, 'ERR_WALLET_HOLD_CAPTURED'],
    ['released', capture, 409, 'ERR_WALLET_HOLD_RELEASED'],
    ['released', release, 200, 'released'],
    ['expired', capture, 200, 'captured'],
    ['expired', release, 200, 'expired'],
    ['tombstone', capture, 409, 'ERR_WALLET_HOLD_RELEASED'],
    ['tombstone', release, 200, 'released'],
    ['unknown', capture, 404, 'ERR_WALLET_HOLD_NOT_FOUND'],
    ['unknown', release, 200, 'released'],
    ['open', ['capture', { amount: 31 }], 422, 'ERR_WALLET_CAPTURE_EXCEEDS_HOLD'],
    ['expired', ['capture', { amount: 31 }], 422, 'ERR_WALLET_CAPTURE_EXCEEDS_HOLD'],
    ['open', ['capture', { amount: 0 }], 200, 'captured'],
  ])('%s, %j: %i %s', async (state, [action, body], status, expected) => {
    const id = await states[state]();
    const answer = await settle(id, action, body).expect(status);
    expect(status === 200 ? dataOf(answer)['state'] : errorOf(answer).code).toBe(expected);
  });

  it.each(['open', 'captured', 'released', 'expired'] as const)(
    '%s: 404 for every other service',
    async (state) => {
      const id = await states[state]();
      await settle(id, 'capture', { amount: 20 }, 'aibrain').expect(404);
      await settle(id, 'release', {}, 'aibrain').expect(404);
    },
  );

  it('under another tenant it is unknown', async () => {
    const id = await states.open();
    await settle(id, 'capture', { amount: 20, tenantId: OTHER_TENANT }).expect(404);
    expect(
      dataOf(await settle(id, 'release', { tenantId: OTHER_TENANT }).expect(200))['walletId'],
    ).toBeNull();
    await settle(id, 'capture', { amount: 20 }).expect(200);
  });

  it('a reserve after its release is refused', async () => {
    const id = await states.tombstone();
    expect(errorOf(await reserve({ id }).expect(409)).code).toBe('ERR_WALLET_HOLD_RELEASED');
  });
});

describe('GET /internal/holds/:id', () => {
  it('names the owning service; 404 for unknown ones and other tenants', async () => {
    const id = await held();
    const get = (hold: string, tenantId: string) =>
      test.internal('llm-orch').get(`/wallet/v1/internal/holds/${hold}`).query({ tenantId });
    expect(dataOf(await get(id, TENANT).expect(200))).toMatchObject({
      id,
      service: 'studio',
      userId: USER,
      state: 'open',
    });
    await get(id, OTHER_TENANT).expect(404);
    await get(newId(), TENANT).expect(404);
    await test.internal('llm-orch').get(`/wallet/v1/internal/holds/${id}`).expect(400);
  });
});

describe('POST /internal/quotes', () => {
  const quote = (changes: object) =>
    test.internal('studio').post('/wallet/v1/internal/quotes').send({ tenantId: TENANT, userId: USER, roles: ['user'], amount: 30, ...changes }); // prettier-ignore

  it('says exactly which wallet a reserve would take it from', async () => {
    expect(dataOf(await quote({}).expect(200))).toMatchObject({ kind: 'user', sufficient: true });
    expect(dataOf(await quote({ amount: 20_000 }).expect(200))).toMatchObject({
      kind: 'user',
      sufficient: false,
    });
    expect(dataOf(await quote({ amount: 20_000, roles: ['admin'] }).expect(200))).toMatchObject({
      kind: 'team',
      sufficient: true,
    });
    expect(dataOf(await quote({ walletChoice: 'team' }).expect(200))).toMatchObject({
      kind: 'team',
      sufficient: false,
    });
  });
});
