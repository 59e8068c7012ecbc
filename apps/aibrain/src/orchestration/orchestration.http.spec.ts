import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { SettlementSweep } from '@eventzr/wallet-client';
import { AiBrainDb } from '../aibrain.db.js';
import { aibrain } from '../aibrain.service-definition.js';
import { answer, FakeLlmOrch, play, refuse, THOUGHT } from './llm-orch.fake.js';

const TENANT = '00000000-0000-0000-0000-000000000001';
const ORCHESTRATE = '/aibrain/v1/orchestrate';
const PLAN = {
  prompt: 'Plan a corporate team-building event for 50 people',
  mode: 'single',
  maxTokens: 500,
  context: 'Budget: $5000',
};

describe('POST /orchestrate', () => {
  let brain: FakeLlmOrch;
  let app: TestService;

  beforeAll(async () => {
    brain = await FakeLlmOrch.start();
    app = await startService(aibrain, {
      environment: { LLM_ORCH_INTERNAL_URL: brain.url, ORCHESTRATION_TIMEOUT_MS: '2000' },
    });
  });
  beforeEach(() => {
    brain.think = (response) => answer(response, 200, THOUGHT);
    brain.boundMicroUsd = 200;
    brain.seen.length = 0;
    app.wallet.balance(10_000);
  });
  afterAll(async () => {
    await app.close();
    await brain.stop();
    expect(brain.faults).toEqual([]);
  });

  it('200: one hold, paid for what was produced, the step under the parent and within the bound', async () => {
    const { status, body } = await (await app.as()).post(ORCHESTRATE).send(PLAN);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      mode: 'single',
      answer: 'A plan.',
      modelsUsed: ['local-planner-1'],
      usage: THOUGHT.usage,
      costUsd: 0.00006,
      credits: { held: 10, charged: 10, refunded: 0 },
      limits: THOUGHT.limits,
    });
    const [step] = brain.thoughts;
    const hold = app.wallet.holds.at(-1);
    expect(step?.headers).toMatchObject({
      'x-parent-operation': hold?.referenceId,
      'x-parent-hold': hold?.id,
      'x-parent-max-micro-usd': '400',
    });
    expect(step?.body).toMatchObject({ maxTokens: 500 });
    expect(JSON.stringify(step?.body.messages)).toContain('Context: Budget: $5000');
    await settle();
    expect(app.wallet.holds.at(-1)).toMatchObject({ state: 'captured', captured: 10 });
  });

  it.each([
    ['AIBRAIN_1000', 'no prompt', {}],
    ['AIBRAIN_1000', 'a blank prompt', { prompt: ' ' }],
    ['AIBRAIN_1001', 'an unknown mode', { prompt: 'x', mode: 'choir' }],
    ['AIBRAIN_1004', 'a context of 10,001 characters', { prompt: 'x', context: 'x'.repeat(10_001) }],
    ['AIBRAIN_1005', 'no tokens', { prompt: 'x', maxTokens: 0 }],
    ['VALIDATION_FAILED', 'an unknown field', { prompt: 'x', loud: true }],
  ])('400 %s for %s, and nothing is held or sent', async (code, _what, wish) => {
    const holds = app.wallet.holds.length;
    const { status, body } = await (await app.as()).post(ORCHESTRATE).send(wish);
    expect([status, body.error.code]).toEqual([400, code]);
    expect(app.wallet.holds).toHaveLength(holds);
    expect(brain.seen).toHaveLength(0);
  });

  it('402 over the ceiling, before anything is held or thought', async () => {
    const holds = app.wallet.holds.length;
    const { status, body } = await (
      await app.as()
    )
      .post(ORCHESTRATE)
      .set('x-budget-max-usd', '0.000199')
      .send(PLAN);
    expect([status, body.error.code]).toEqual([402, 'BUDGET_EXCEEDED']);
    expect(body.error.details).toEqual({ maxAffordableTokens: 400 });
    expect(app.wallet.holds).toHaveLength(holds);
    expect(brain.thoughts).toHaveLength(0);
  });

  it("a step may cost the caller's ceiling, which is kept with the operation", async () => {
    const user = await app.as();
    await user.post(ORCHESTRATE).set('x-budget-max-usd', '0.01').send(PLAN).expect(200);
    expect(brain.thoughts[0]?.headers['x-parent-max-micro-usd']).toBe('10000');
    const operationId = app.wallet.holds.at(-1)?.referenceId;
    const ceilings = await app.service.app.get(AiBrainDb).withTenant(
      (tx) => tx.$queryRaw<{ ceiling: bigint | null }[]>`
        SELECT ceiling_micro_usd AS ceiling FROM platform.credit_operations WHERE id = ${operationId}::uuid`,
      TENANT,
    );
    expect(ceilings).toEqual([{ ceiling: 10_000n }]);
  });

  it('a step is asked once, however the gateway fails, for each failure may have been billed', async () => {
    for (const status of [502, 503, 504]) {
      brain.seen.length = 0;
      brain.think = (response) => refuse(response, status, 'FAILED');
      await (await app.as()).post(ORCHESTRATE).send(PLAN).expect(status);
      expect(brain.thoughts).toHaveLength(1);
    }
  });

  it('the same key after a failure: a new hold, the same step', async () => {
    const user = await app.as();
    const send = () => user.post(ORCHESTRATE).set('idempotency-key', 'again').send(PLAN);
    brain.think = (response) => refuse(response, 502, 'LLM_1002');
    expect((await send()).status).toBe(502);
    await settle();
    brain.think = (response) => answer(response, 200, THOUGHT);
    expect((await send()).status).toBe(200);
    const [first, second] = brain.thoughts;
    expect(second?.headers['x-parent-hold']).not.toBe(first?.headers['x-parent-hold']);
    for (const name of ['idempotency-key', 'x-parent-operation'])
      expect(second?.headers[name]).toBe(first?.headers[name]);
  });

  it.each([
    [502, 'AIBRAIN_1002', 'a vendor that fails', (r: ServerResponse) => refuse(r, 502, 'LLM_1002')],
    [504, 'AIBRAIN_1003', 'a model that is too slow', (r: ServerResponse) => refuse(r, 504, 'LLM_1003')],
    [503, 'UNAVAILABLE', 'a gateway that is down', (r: ServerResponse) => r.destroy()],
    [
      503,
      'UNAVAILABLE',
      'a step that still runs',
      (r: ServerResponse) => refuse(r, 409, 'IDEMPOTENCY_IN_PROGRESS', null, { 'retry-after': '1' }),
    ],
    [
      402,
      'BUDGET_EXCEEDED',
      'a gateway that refuses the cost',
      (r: ServerResponse) => refuse(r, 402, 'BUDGET_EXCEEDED'),
    ],
  ])('%i %s after %s, and the hold is released', async (http, code, _what, behave) => {
    brain.think = behave;
    const { status, body, headers } = await (await app.as()).post(ORCHESTRATE).send(PLAN);
    expect([status, body.error.code]).toEqual([http, code]);
    expect(headers['retry-after'] !== undefined).toBe(http === 503);
    await settle();
    expect(app.wallet.holds.at(-1)).toMatchObject({ state: 'released' });
  });

  it('the same key: one thought, one charge, the same bytes', async () => {
    const user = await app.as();
    const send = () => user.post(ORCHESTRATE).set('idempotency-key', 'plan').send(PLAN);
    const [first, second] = [await send(), await send()];
    expect(second.text).toBe(first.text);
    expect(brain.thoughts).toHaveLength(1);
  });

  it('a request is found again by its user, and by nobody else', async () => {
    const owner = await app.as();
    const { body } = await owner.post(ORCHESTRATE).send(PLAN);
    const path = `/aibrain/v1/requests/${body.data.id}`;
    expect((await owner.get(path)).body.data).toMatchObject({ prompt: PLAN.prompt, answer: 'A plan.' });
    const list = (await owner.get('/aibrain/v1/requests?limit=1')).body;
    expect(list.data[0].id).toBe(body.data.id);
    expect(list.page.has_more).toBe(true);
    const next = (await owner.get(`/aibrain/v1/requests?limit=1&cursor=${list.page.next_cursor}`)).body;
    expect(next.data[0].id < body.data.id).toBe(true);
    for (const wish of [
      { userId: '00000000-0000-4000-8000-000000000999', roles: ['admin'] },
      { tenantId: 'a0000000-0000-4000-8000-000000000002' },
    ] as const) {
      expect((await (await app.as({ ...wish })).get(path)).status).toBe(404);
    }
  });

  it('the estimate is exactly the hold', async () => {
    const user = await app.as();
    const { body } = await user
      .post('/aibrain/v1/estimates')
      .send({ operation: 'orchestrate.single', request: PLAN });
    expect(body.data).toMatchObject({ credits: 10, maxCostUsd: 0.0002, sufficient: true });
  });

  it('the estimate counts what was said before, and refuses what the request would be refused', async () => {
    const user = await app.as();
    const { conversationId } = (await user.post(ORCHESTRATE).send(PLAN)).body.data;
    const next = { prompt: 'And for 60?', conversationId };
    const estimate = (request: object) =>
      user.post('/aibrain/v1/estimates').send({ operation: 'orchestrate.single', request });
    brain.seen.length = 0;
    await estimate(next);
    await user.post(ORCHESTRATE).send(next);
    const [first, second] = brain.seen.filter(({ path }) => path.endsWith('/estimates'));
    expect(JSON.stringify(first?.body)).toContain(PLAN.prompt);
    expect(first?.body).toEqual(second?.body);
    await user.patch(`/aibrain/v1/conversations/${conversationId}`).send({ locked: true });
    expect((await estimate(next)).body.error.code).toBe('AIBRAIN_1201');
    const nobodys = { ...next, conversationId: '0190b6a0-0000-7000-8000-0000000000ff' };
    expect((await estimate(nobodys)).body.error.code).toBe('AIBRAIN_1200');
  });

  it.each([{}, { stream: true }])('nobody pays for an answer without a word: %j', async (how) => {
    const end = { event: 'done', data: { ...THOUGHT, text: ' \n' } } as const;
    brain.think = (response, { body }) =>
      body['stream'] === true ? play(response, [' \n'], end) : answer(response, 200, end.data);
    const { text } = await (await app.as()).post(ORCHESTRATE).send({ ...PLAN, ...how });
    expect(text).toContain('AIBRAIN_1002');
    await settle();
    expect(app.wallet.holds.at(-1)).toMatchObject({ state: 'released' });
  });

  it('an answer that the database cannot hold as it stands is given without what is wrong with it', async () => {
    const text = 'A\u0000 plan \ud83d.';
    brain.think = (response) => answer(response, 200, { ...THOUGHT, text });
    const prompt = 'x'.repeat(79) + '\u{1F389}\u{1F389}';
    const user = await app.as();
    const { status, body } = await user.post(ORCHESTRATE).send({ ...PLAN, prompt });
    expect([status, body.data?.answer]).toEqual([200, 'A plan \ufffd.']);
    const { data } = (await user.get(`/aibrain/v1/conversations/${body.data.conversationId}`)).body;
    expect(data.title).toBe('x'.repeat(79) + '\u{1F389}');
  });

  async function settle(): Promise<void> {
    await app.service.app.get(SettlementSweep, { strict: false }).run();
    expect(app.wallet.faults).toEqual([]);
  }
});
