import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { startService, startTestDatabase, TEST_INTERNAL_KEY } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { LlmOrchDb } from '../llm-orch.db.js';
import { llmOrch } from '../llm-orch.service-definition.js';
import { BudgetHoldsRepository } from './budget-holds.repository.js';
import { chatAnswer, FakeOpenAiServer, sendJson } from '../providers/openai-compatible/openai-server.fake.js';

const COMPLETE = '/llm-orch/v1/inference/complete';
const BUDGETS = '/llm-orch/v1/budgets';
const KEY = 'sk-test-0123456789';
const WISH = { prompt: 'Invite people', model: 'gpt-4.1-mini', maxTokens: 256 };

/** The vendor worked, and shows nothing of it. */
const WITHHELD = chatAnswer(null, {
  choices: [{ message: { content: null }, finish_reason: 'content_filter' }],
});

const vendor = new FakeOpenAiServer(KEY);
let app: TestService;
let database: Awaited<ReturnType<typeof startTestDatabase>>;

const start = async () =>
  startService(llmOrch, {
    database,
    environment: {
      COMPLETION_CACHE: 'off',
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: vendorUrl,
      INFERENCE_TIMEOUT_MS: '20000',
    },
  });
let vendorUrl: string;

beforeAll(async () => {
  vendorUrl = await vendor.start();
  database = await startTestDatabase('llm-orch');
  app = await start();
});
beforeEach(() => {
  app.wallet.balance(1_000_000);
  vendor.seen.length = 0;
  vendor.behave = (response) => sendJson(response, 200, chatAnswer('Come and see.'));
});
afterAll(async () => {
  await app.close();
  await vendor.stop();
  await database.drop();
});

/** A tenant of its own for each test, with an admin and users. */
function tenant() {
  const tenantId = newId();
  return {
    tenantId,
    admin: () => app.as({ tenantId, userId: newId(), roles: ['user', 'organizer', 'admin'] }),
    user: (userId = newId()) => app.as({ tenantId, userId, roles: ['user'] }),
  };
}

function limitTo(admin: Awaited<ReturnType<TestService['as']>>, budgets: object) {
  return admin.put(BUDGETS).send(budgets).expect(200);
}

/** The most that one of our calls can cost, in USD. */
async function boundUsd(): Promise<number> {
  const { body } = await (
    await app.as()
  )
    .post('/llm-orch/v1/estimates')
    .send({ operation: 'inference.complete', request: WISH })
    .expect(200);
  return body.data.maxCostUsd;
}

async function windows(tenantId: string) {
  const rows = await app.service.app
    .get(LlmOrchDb)
    .withTenant(
      (tx) => tx.budgetWindow.findMany({ where: { subjectId: tenantId, period: 'day' } }),
      tenantId,
    );
  const [row] = rows;
  return { spent: Number(row?.spentMicroUsd ?? 0), held: Number(row?.heldMicroUsd ?? 0) };
}

describe('budgets', () => {
  it('are set and read by an admin alone', async () => {
    const { admin, user } = tenant();
    const body = {
      tenant: { dayUsd: 5, monthUsd: 50 },
      eachUser: { dayUsd: 1 },
      users: [{ userId: newId(), dayUsd: 2 }],
    };
    const put = await (await admin()).put(BUDGETS).send(body);
    expect(put.status).toBe(200);
    expect((await (await admin()).get(BUDGETS)).body.data).toMatchObject(body);
    expect((await (await user()).get(BUDGETS)).status).toBe(403);
    expect((await (await admin()).put(BUDGETS).send({ tenant: { dayUsd: -1 } })).status).toBe(400);
  });

  it('200 calls at once against a budget for ten: never more than it, and every call that fits runs', async () => {
    const { tenantId, admin, user } = tenant();
    const bound = await boundUsd();
    await limitTo(await admin(), { tenant: { dayUsd: Number((bound * 10).toFixed(6)) } });
    const limit = Math.round(bound * 10 * 1e6);
    const seen: number[] = [];
    vendor.behave = (response) => {
      // While calls are under way the sum of what is spent and held is looked at.
      void windows(tenantId)
        .then(({ spent, held }) => seen.push(spent + held))
        .finally(() => sendJson(response, 200, WITHHELD));
    };
    const agents = await Promise.all(Array.from({ length: 20 }, () => user()));
    const statuses = await Promise.all(
      Array.from({ length: 10 }, () => agents)
        .flat()
        .map(async (agent) => {
          const { status } = await agent.post(COMPLETE).send(WISH);
          return status;
        }),
    );
    const ran = statuses.filter((status) => status !== 402);
    expect(statuses).toHaveLength(200);
    // A withheld answer may have been billed: each counts at its bound for good.
    expect(vendor.seen).toHaveLength(10);
    expect(ran).toHaveLength(10);
    expect(Math.max(...seen)).toBeLessThanOrEqual(limit);
    const { spent, held } = await windows(tenantId);
    expect(held).toBe(0);
    expect(spent).toBeLessThanOrEqual(limit);
    expect(spent).toBe(limit);
  });

  it('are spent at cost when it is known, so that a budget for one bound serves many calls', async () => {
    const { tenantId, admin, user } = tenant();
    const bound = await boundUsd();
    await limitTo(await admin(), { eachUser: { monthUsd: Number((bound * 1.2).toFixed(6)) } });
    const agent = await user();
    const costs: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const { status, body } = await agent.post(COMPLETE).send(WISH);
      expect(status).toBe(200);
      costs.push(body.data.costUsd);
    }
    const { spent, held } = await windows(tenantId);
    expect({ spent, held }).toEqual({
      spent: Math.round(costs.reduce((sum, cost) => sum + cost) * 1e6),
      held: 0,
    });
  });

  it('refuse a call that alone is too large, say what is left, and hold nothing', async () => {
    const { tenantId, admin, user } = tenant();
    const bound = await boundUsd();
    const dayUsd = Number((bound * 0.9).toFixed(6));
    await limitTo(await admin(), { tenant: { dayUsd } });
    const { status, body } = await (await user()).post(COMPLETE).send(WISH);
    expect([status, body.error.code]).toEqual([402, 'BUDGET_EXCEEDED']);
    expect(body.error.details).toMatchObject({
      limitSource: 'tenant-day',
      ceilingUsd: dayUsd,
      availableUsd: dayUsd,
    });
    const fits = body.error.details.maxAffordableTokens;
    expect((await (await user()).post(COMPLETE).send({ ...WISH, maxTokens: fits + 1 })).status).toBe(402);
    expect((await (await user()).post(COMPLETE).send({ ...WISH, maxTokens: fits })).status).toBe(200);
    expect((await windows(tenantId)).held).toBe(0);
  });

  it('a limit of one user stands in place of everyone’s, and others keep theirs', async () => {
    const { admin, user } = tenant();
    const bound = await boundUsd();
    const favoured = newId();
    const users = [{ userId: favoured, dayUsd: bound * 3 }].map((one) => ({
      ...one,
      dayUsd: Number(one.dayUsd.toFixed(6)),
    }));
    await limitTo(await admin(), { eachUser: { dayUsd: 0 }, users });
    expect((await (await user()).post(COMPLETE).send(WISH)).status).toBe(402);
    expect((await (await user(favoured)).post(COMPLETE).send(WISH)).status).toBe(200);
  });

  it('count what was spent before the first one was set', async () => {
    const { admin, user } = tenant();
    const agent = await user();
    const { body } = await agent.post(COMPLETE).send(WISH).expect(200);
    const set = await limitTo(await admin(), { tenant: { monthUsd: 1 } });
    expect(set.body.data.current.month.spentUsd).toBe(body.data.costUsd);
  });

  it('count a call on the day and in the month in which it began, however late it ends', async () => {
    const { tenantId, admin, user } = tenant();
    const { clock } = app;
    const before = clock.now();
    clock.set(new Date('2027-01-31T23:59:59.900Z'));
    await limitTo(await admin(), { tenant: { dayUsd: 1, monthUsd: 1 } });
    vendor.behave = (response) => {
      clock.advance(1_000);
      sendJson(response, 200, chatAnswer('Come and see.'));
    };
    const { body } = await (await user()).post(COMPLETE).send(WISH).expect(200);
    const rows = await app.service.app
      .get(LlmOrchDb)
      .withTenant((tx) => tx.budgetWindow.findMany({ where: { subjectId: tenantId } }), tenantId);
    const shown = rows.map(({ startsOn, spentMicroUsd, heldMicroUsd }) => [
      startsOn.toISOString().slice(0, 10), Number(spentMicroUsd) / 1e6, heldMicroUsd,
    ]); // prettier-ignore
    expect(shown.toSorted()).toEqual([['2027-01-01', body.data.costUsd, 0n], ['2027-01-31', body.data.costUsd, 0n]]); // prettier-ignore
    const { current } = (await (await admin()).get(BUDGETS)).body.data;
    expect([current.day.spentUsd, current.month.spentUsd]).toEqual([0, 0]);
    clock.set(before);
  });

  it('of fifty tenants at once do not touch each other', async () => {
    const bound = await boundUsd();
    const tenants = Array.from({ length: 50 }, tenant);
    const dayUsd = Number((bound * 1.05).toFixed(6));
    await Promise.all(
      tenants.map(async ({ admin }) => (await admin()).put(BUDGETS).send({ tenant: { dayUsd } }).expect(200)),
    );
    const statuses = await Promise.all(
      tenants.map(async ({ user }) => {
        const agent = await user();
        return [
          (await agent.post(COMPLETE).send(WISH)).status,
          (await agent.post(COMPLETE).send({ ...WISH, maxTokens: 300 })).status,
        ];
      }),
    );
    expect(statuses).toEqual(tenants.map(() => [200, 402]));
  });

  it('leak nothing over a restart in the middle: what was held counts as spent once the sweep has run', async () => {
    const { tenantId, admin } = tenant();
    const bound = await boundUsd();
    await limitTo(await admin(), { tenant: { dayUsd: Number((bound * 4).toFixed(6)) } });
    const microUsd = Math.round(bound * 1e6);
    // What a process leaves behind that is killed while a call is under way.
    await app.service.app.get(LlmOrchDb).withTenant(async () => {
      const hold = { tenantId, userId: newId(), id: newId(), microUsd, day: today(), expiresAt: inAnHour() };
      expect(await app.service.app.get(BudgetHoldsRepository, { strict: false }).hold(hold)).toBeUndefined();
    }, tenantId);
    await app.close();
    app = await start();
    expect(await windows(tenantId)).toEqual({ spent: 0, held: microUsd });
    app.clock.advance(2 * 3_600_000);
    const { body } = await app
      .request()
      .post('/llm-orch/v1/jobs/sweep')
      .set('x-internal-api-key', TEST_INTERNAL_KEY)
      .expect(200);
    expect(body.data.succeeded).toBeGreaterThan(0);
    expect(await windows(tenantId)).toEqual({ spent: microUsd, held: 0 });
  });

  it('correct what the sweep assumed when the cost becomes known after all', async () => {
    const { tenantId, admin } = tenant();
    await limitTo(await admin(), { tenant: { dayUsd: 1 } });
    const holds = app.service.app.get(BudgetHoldsRepository, { strict: false });
    const db = app.service.app.get(LlmOrchDb);
    const id = newId();
    const hold = { tenantId, userId: newId(), id, microUsd: 900, day: today(), expiresAt: inAnHour() };
    await db.withTenant(() => holds.hold(hold), tenantId);
    await db.withTenant((tx) => holds.expire(tx, tenantId, id, inAnHour()), tenantId);
    expect(await windows(tenantId)).toEqual({ spent: 900, held: 0 });
    await db.withTenant(() => holds.settle(tenantId, id, 250), tenantId);
    await db.withTenant(() => holds.settle(tenantId, id, 250), tenantId);
    expect(await windows(tenantId)).toEqual({ spent: 250, held: 0 });
  });
});

function today(): string {
  return app.clock.now().toISOString().slice(0, 10);
}

function inAnHour(): Date {
  return new Date(app.clock.now().getTime() + 3_600_000);
}
