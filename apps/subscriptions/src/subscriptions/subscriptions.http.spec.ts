import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedTestDatabase, startService, startTestDatabase, TEST_INTERNAL_KEY } from '@eventzr/testing';
import type { TestDatabase, TestService } from '@eventzr/testing';
import { subscriptions } from '../subscriptions.service-definition.js';

const STARTUP_CO = 'a0000000-0000-4000-8000-000000000002';
const ORGANIZER = '00000000-0000-4000-8000-000000000103';
const USER = '00000000-0000-4000-8000-000000000104';
const OF_DEV = 'b1000000-0000-4000-8000-000000000101';
const OF_ORGANIZER = 'b1000000-0000-4000-8000-000000000103';
const PRO = 'b0000000-0000-4000-8000-000000000004';

let database: TestDatabase;
let app: TestService;

beforeAll(async () => {
  database = await startTestDatabase('subscriptions');
  app = await startService(subscriptions, { database });
  await seedTestDatabase('subscriptions', database, app.clock.now());
  await seedTestDatabase('subscriptions', database, app.clock.now()); // twice: nothing changes
}, 60_000);

afterAll(async () => {
  await app.close();
  await database.drop();
});

const BASE = '/subscriptions/v1';

describe('GET /plans', () => {
  it('200 with the ten documented plans, in cents', async () => {
    const { status, body } = await (await app.as()).get(`${BASE}/plans`);
    expect(status).toBe(200);
    expect(body.data.map((plan: { code: string; priceCents: number }) => [plan.code, plan.priceCents])).toEqual([
      ['BASE', 0], ['STUDENT', 999], ['STARTUP', 2999], ['PRO', 9999], ['PROMAX', 29_999], ['ENTERPRISE', 2_500_000], ['TEAM_BASE', 0],
      ['TEAM_PRO', 49_999], ['TEAM_ENTERPRISE', 5_000_000], ['PRO_ANNUAL', 95_990],
    ]); // prettier-ignore
    expect(body.page).toEqual({ next_cursor: null, has_more: false, limit: 20 });
  });

  it('200 page by page, and only what was asked for', async () => {
    const user = await app.as();
    const first = await user.get(`${BASE}/plans?limit=2&audience=team`);
    expect(first.body.data.map((plan: { code: string }) => plan.code)).toEqual(['TEAM_BASE', 'TEAM_PRO']);
    const second = await user.get(
      `${BASE}/plans?limit=2&audience=team&cursor=${first.body.page.next_cursor}`,
    );
    expect(second.body.data.map((plan: { code: string }) => plan.code)).toEqual(['TEAM_ENTERPRISE']);
    expect(second.body.page.has_more).toBe(false);
  });

  it.each([
    ['tier=GOLD', 'ERR_SUBSCRIPTIONS_PLAN_INVALID_TIER'],
    ['limit=0', 'VALIDATION_FAILED'],
    ['limit=101', 'VALIDATION_FAILED'],
    ['cursor=nonsense', 'VALIDATION_FAILED'],
    [`cursor=${Buffer.from('{"position":1e300}').toString('base64url')}`, 'VALIDATION_FAILED'],
    ['surprise=1', 'VALIDATION_FAILED'],
  ])('400 for ?%s', async (query, code) => {
    const { status, body } = await (await app.as()).get(`${BASE}/plans?${query}`);
    expect([status, body.error.code, body.data]).toEqual([400, code, null]);
  });

  it('401 without a token', async () => {
    const { status, body } = await app.request().get(`${BASE}/plans`);
    expect([status, body.error.code]).toEqual([401, 'UNAUTHORIZED']);
  });
});

describe('GET /plans/:id', () => {
  it('200 with limits, credits and trial', async () => {
    const { status, body } = await (await app.as()).get(`${BASE}/plans/${PRO}`);
    expect(status).toBe(200);
    expect(body.data).toEqual({
      id: PRO, code: 'PRO', name: 'PRO', tier: 'PRO', audience: 'user', billingCycle: 'monthly', priceCents: 9999, currency: 'USD',
      aiCredits: 10_000, limits: { events: 200, storageBytes: 200 * 1024 ** 3, members: null }, trialDays: 14, popular: true, active: true,
    }); // prettier-ignore
  });

  it('404 for an unknown one, 400 for no UUID', async () => {
    const user = await app.as();
    const unknown = await user.get(`${BASE}/plans/b0000000-0000-4000-8000-000000000099`);
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'ERR_SUBSCRIPTIONS_PLAN_NOT_FOUND']);
    expect((await user.get(`${BASE}/plans/pro`)).status).toBe(400);
  });
});

describe('GET /subscriptions', () => {
  it('200 with the caller’s own for a user', async () => {
    const { body } = await (
      await app.as({ userId: '00000000-0000-4000-8000-000000000101' })
    ).get(`${BASE}/subscriptions`);
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([OF_DEV]);
    expect(body.data[0]).toMatchObject({
      status: 'active',
      access: true,
      plan: { tier: 'PRO' },
      priceCents: 9999,
    });
    const none = await (await app.as({ userId: USER })).get(`${BASE}/subscriptions`);
    expect(none.body.data).toEqual([]);
  });

  it('200 with all of the tenant for organizers and admins', async () => {
    for (const role of ['organizer', 'admin'] as const) {
      const agent = await app.as({ userId: ORGANIZER, roles: [role] });
      const { body } = await agent.get(`${BASE}/subscriptions?limit=2`);
      expect(body.data).toHaveLength(2);
      const rest = await agent.get(`${BASE}/subscriptions?limit=2&cursor=${body.page.next_cursor}`);
      expect(rest.body.data).toHaveLength(1);
      const mine = await agent.get(`${BASE}/subscriptions?actorId=${ORGANIZER}&status=active&planId=${PRO}`);
      expect(mine.body.data.map(({ id }: { id: string }) => id)).toEqual([OF_ORGANIZER]);
    }
  });

  it('200 and nothing for an admin of another tenant', async () => {
    const other = await app.as({ tenantId: STARTUP_CO, roles: ['admin'] });
    expect((await other.get(`${BASE}/subscriptions`)).body.data).toEqual([]);
  });

  it('401 STEP_UP_REQUIRED until the second factor was given', async () => {
    const { status, body, headers } = await (
      await app.as({ stepUp: ['subscriptions'], amr: ['pwd'] })
    ).get(`${BASE}/subscriptions`);
    expect([status, body.error.code]).toEqual([401, 'STEP_UP_REQUIRED']);
    expect(headers['www-authenticate']).toContain('insufficient_user_authentication');
    const lifted = await app.as({ stepUp: ['subscriptions'], amr: ['pwd', 'otp'] });
    expect((await lifted.get(`${BASE}/subscriptions`)).status).toBe(200);
  });

  const position = (createdAt: unknown) =>
    Buffer.from(JSON.stringify({ createdAt, id: OF_DEV })).toString('base64url');

  it.each([
    'status=sleeping',
    'planId=x',
    'cursor=e30',
    `cursor=${position('+275760-01-01T00:00:00Z')}`,
    `cursor=${position(0)}`,
    'limit=a',
  ])('400 for ?%s', async (query) => {
    expect((await (await app.as()).get(`${BASE}/subscriptions?${query}`)).status).toBe(400);
  });
});

describe('GET /subscriptions/:id', () => {
  it('200 for its owner and for organizers, 404 for everybody else', async () => {
    const seen = async (wish: Parameters<TestService['as']>[0]) => {
      const { status, body } = await (await app.as(wish)).get(`${BASE}/subscriptions/${OF_ORGANIZER}`);
      return [status, body.error?.code];
    };
    const notFound = [404, 'ERR_SUBSCRIPTIONS_SUBSCRIPTION_NOT_FOUND'];
    expect(await seen({ userId: ORGANIZER })).toEqual([200, undefined]);
    expect(await seen({ userId: USER, roles: ['organizer'] })).toEqual([200, undefined]);
    expect(await seen({ userId: USER })).toEqual(notFound);
    expect(await seen({ tenantId: STARTUP_CO, roles: ['admin'] })).toEqual(notFound);
  });
});

describe('POST /jobs/process-renewals', () => {
  const post = (headers: Record<string, string>) =>
    app.request().post(`${BASE}/jobs/process-renewals`).set(headers);

  it.each(['x-internal-api-key', 'x-api-key'])(
    '200 with the key in %s, sent as the guide sends it: no body',
    async (header) => {
      const { status, body } = await post({
        [header]: TEST_INTERNAL_KEY,
        'content-type': 'application/json',
      });
      expect(status).toBe(200);
      expect(body.data).toMatchObject({ job: 'process-renewals', processed: 0, remaining: 0 });
    },
  );

  it('401 without the key, with a wrong one, with two that differ, or with a token instead', async () => {
    const token = await app.tokens.bearer({ roles: ['admin'] });
    const attempts = [
      {},
      { 'x-api-key': 'wrong' },
      { 'x-api-key': TEST_INTERNAL_KEY, 'x-internal-api-key': 'other' },
      { authorization: token },
    ];
    for (const headers of attempts) expect((await post(headers as Record<string, string>)).status).toBe(401);
  });

  it('renews the seeded subscriptions when their month is over, eight calls at once, and shows it', async () => {
    app.clock.advance(32 * 86_400_000);
    const calls = await Promise.all(
      Array.from({ length: 8 }, () => post({ 'x-api-key': TEST_INTERNAL_KEY })),
    );
    expect(calls.map(({ status }) => status)).toEqual(calls.map(() => 200));
    const succeeded = calls.reduce((sum, { body }) => sum + Number(body.data.succeeded), 0);
    expect(succeeded).toBe(3);
    const { body } = await (await app.as({ userId: ORGANIZER })).get(`${BASE}/subscriptions/${OF_ORGANIZER}`);
    expect(body.data.currentPeriod.index).toBe(1);
  });
});

describe('without an internal key', () => {
  it.each([undefined, '', '  '])('401 for every call when INTERNAL_API_KEY is %j', async (value) => {
    const closed = await startService(subscriptions, { environment: { INTERNAL_API_KEY: value }, database });
    try {
      for (const key of ['', ' ', 'undefined', TEST_INTERNAL_KEY]) {
        const { status } = await closed
          .request()
          .post(`${BASE}/jobs/process-renewals`)
          .set('x-internal-api-key', key);
        expect(status).toBe(401);
      }
    } finally {
      await closed.close();
    }
  });
});
