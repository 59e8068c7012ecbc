import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { startService, startTestDatabase, TEST_INTERNAL_KEY } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { LlmOrchDb } from '../llm-orch.db.js';
import { llmOrch } from '../llm-orch.service-definition.js';
import { UsageLog } from './usage-log.js';

const COMPLETE = '/llm-orch/v1/inference/complete';
const USAGE = '/llm-orch/v1/usage';
const WISH = { prompt: 'Invite people to a conference', maxTokens: 300, useCase: 'email' };

let app: TestService;
const today = (): string => app.clock.now().toISOString().slice(0, 10);
let database: Awaited<ReturnType<typeof startTestDatabase>>;

beforeAll(async () => {
  database = await startTestDatabase('llm-orch');
  app = await startService(llmOrch, { database });
});
beforeEach(() => app.wallet.balance(10_000));
afterAll(async () => {
  await app.close();
  await database.drop();
});

/** Two users and an organizer of a tenant of their own. */
async function tenant() {
  const tenantId = newId();
  const as = (roles: readonly ('user' | 'organizer')[], userId = newId()) =>
    app.as({ tenantId, userId, roles });
  return {
    tenantId,
    one: await as(['user']),
    other: await as(['user']),
    organizer: await as(['user', 'organizer']),
  };
}

describe('usage', () => {
  it('is never written inside somebody’s transaction, where it would be lost with it or wait for it', async () => {
    const db = app.service.app.get(LlmOrchDb);
    const log = app.service.app.get(UsageLog, { strict: false });
    await expect(db.withTenant(() => log.flush(), newId())).rejects.toThrow('transactions of its own');
  });

  it('is one’s own for a user and the tenant’s for an organizer, page by page', async () => {
    const { one, other, organizer } = await tenant();
    const answers = [];
    for (const user of [one, one, other]) {
      answers.push(await user.post(COMPLETE).send(WISH));
      app.clock.advance(1);
    }
    expect((await one.get(USAGE)).body.data).toHaveLength(2);
    const first = await organizer.get(USAGE).query({ limit: 2 });
    expect(first.body.page).toMatchObject({ has_more: true });
    const second = await organizer.get(USAGE).query({ limit: 2, cursor: first.body.page.next_cursor });
    const rows = [...first.body.data, ...second.body.data];
    expect(rows.map(({ id }) => id)).toEqual(answers.map(({ body }) => body.data.id).reverse());
    const [answer] = answers;
    expect(rows.at(-1)).toMatchObject({
      costUsd: answer?.body.data.costUsd,
      creditsCharged: answer?.body.data.credits.charged,
      outputTokens: answer?.body.data.usage.outputTokens,
      useCase: 'email',
      priceVersion: expect.any(String),
    });
    expect(second.body.page).toMatchObject({ has_more: false, next_cursor: null });
  });

  it.each([
    ['day', today],
    ['model', () => 'local/local-planner-1'],
    ['provider', () => 'local'],
    ['useCase', () => 'email'],
  ])('adds up by %s', async (by: string, group: () => string) => {
    const { one, other, organizer } = await tenant();
    const answers = [await one.post(COMPLETE).send(WISH), await other.post(COMPLETE).send(WISH)];
    const { body } = await organizer.get(`${USAGE}/summary`).query({ by });
    const sum = (of: (data: { costUsd: number; usage: { outputTokens: number } }) => number) =>
      answers.reduce((total, answer) => total + of(answer.body.data), 0);
    expect(body.data).toHaveLength(1);
    expect(body.data[0]).toMatchObject({
      group: group(),
      calls: 2,
      outputTokens: sum(({ usage }) => usage.outputTokens),
    });
    expect(body.data[0].costUsd).toBeCloseTo(
      sum(({ costUsd }) => costUsd),
      9,
    );
    expect((await organizer.get(`${USAGE}/summary`).query({ by: 'user' })).body.data).toHaveLength(2);
    expect((await one.get(`${USAGE}/summary`).query({ by: 'user' })).body.data).toHaveLength(1);
  });

  it('is a CSV file when asked for', async () => {
    const { one, organizer } = await tenant();
    await one.post(COMPLETE).send(WISH);
    const list = await organizer.get(USAGE).set('accept', 'text/csv');
    expect(list.headers['content-type']).toMatch(/^text\/csv/);
    expect(list.text.split('\r\n')).toHaveLength(3);
    const summary = await organizer.get(`${USAGE}/summary`).query({ by: 'model', format: 'csv' });
    expect(summary.text).toMatch(/^group,calls,.*\r\nlocal\/local-planner-1,1,/);
  });

  it('is of no other tenant', async () => {
    const { one } = await tenant();
    await one.post(COMPLETE).send(WISH);
    const { organizer } = await tenant();
    expect((await organizer.get(USAGE)).body.data).toEqual([]);
  });

  it('is written before the process ends, however short its life was', async () => {
    const { one, tenantId } = await tenant();
    const { body } = await one.post(COMPLETE).send(WISH);
    await app.close();
    app = await startService(llmOrch, { database });
    const organizer = await app.as({ tenantId, roles: ['user', 'organizer'] });
    expect((await organizer.get(USAGE)).body.data).toMatchObject([{ id: body.data.id }]);
  });

  it('is forgotten when its time is over', async () => {
    const { one, organizer } = await tenant();
    await one.post(COMPLETE).send(WISH);
    expect((await organizer.get(USAGE)).body.data).toHaveLength(1);
    app.clock.advance(401 * 86_400_000);
    const sweep = await app
      .request()
      .post('/llm-orch/v1/jobs/sweep')
      .set('x-internal-api-key', TEST_INTERNAL_KEY);
    expect([sweep.status, sweep.body.data.succeeded > 0]).toEqual([200, true]);
    app.clock.advance(-401 * 86_400_000);
    expect((await organizer.get(USAGE)).body.data).toEqual([]);
  });
});
