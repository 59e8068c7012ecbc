import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { SettlementSweep } from '@eventzr/wallet-client';
import { llmOrch } from '../llm-orch.service-definition.js';
import { chatAnswer, FakeOpenAiServer, sendJson } from '../providers/openai-compatible/openai-server.fake.js';

const COMPLETE = '/llm-orch/v1/inference/complete';
const PROMPT = 'Generate an event description for a tech conference';

describe('POST /inference/complete on the local planner', () => {
  let app: TestService;

  beforeAll(async () => {
    app = await startService(llmOrch);
  });
  beforeEach(() => app.wallet.balance(10_000));
  afterAll(() => app.close());

  it('200 with text, usage, cost and the credits of what was produced', async () => {
    const { status, body } = await (
      await app.as()
    )
      .post(COMPLETE)
      .send({ prompt: PROMPT, maxTokens: 500, useCase: 'event-creation' });
    expect(status).toBe(200);
    const { usage, credits, text } = body.data;
    expect(text).toMatch(/conference/i);
    expect(usage.totalTokens).toBe(usage.inputTokens + usage.cachedTokens + usage.outputTokens);
    expect(credits.held).toBe(10);
    expect(credits.charged).toBe(usage.outputTokens <= 256 ? 5 : 10);
    expect(body.data.limits.join(' ')).toMatch(/rule-based/i);
    expect(app.wallet.holds.at(-1)).toMatchObject({ amount: 10, operation: 'inference.complete' });
  });

  it.each([
    ['LLM_1000', {}],
    ['LLM_1000', { prompt: ' ' }],
    ['LLM_1007', { prompt: PROMPT, maxTokens: 0 }],
    ['LLM_1007', { prompt: PROMPT, maxTokens: 8_193 }],
    ['LLM_1004', { prompt: PROMPT, useCase: 'poetry' }],
    ['LLM_1001', { prompt: PROMPT, model: 'no-such-model' }],
    ['LLM_1302', { prompt: PROMPT, provider: 'nobody' }],
    ['VALIDATION_FAILED', { prompt: PROMPT, shout: true }],
  ])('400 %s for %j, and nothing is held', async (code, wish) => {
    const holds = app.wallet.holds.length;
    const { status, body } = await (await app.as()).post(COMPLETE).send(wish);
    expect([status, body.error.code]).toEqual([400, code]);
    expect(app.wallet.holds).toHaveLength(holds);
  });

  it('a known provider without a key is stood in for, openly', async () => {
    const { body } = await (await app.as()).post(COMPLETE).send({ prompt: PROMPT, provider: 'anthropic' });
    expect(body.data).toMatchObject({ provider: 'local', requestedProvider: 'anthropic' });
  });

  it('402 BUDGET_EXCEEDED says how many tokens would fit; they do fit', async () => {
    const user = await app.as();
    const over = await user
      .post(COMPLETE)
      .set('x-budget-max-usd', '0.0001')
      .send({ prompt: PROMPT, maxTokens: 8_000 });
    expect([over.status, over.body.error.code]).toEqual([402, 'BUDGET_EXCEEDED']);
    const { maxAffordableTokens } = over.body.error.details;
    expect(maxAffordableTokens).toBeGreaterThan(0);
    const within = await user
      .post(COMPLETE)
      .set('x-budget-max-usd', '0.0001')
      .send({ prompt: PROMPT, maxTokens: maxAffordableTokens });
    expect(within.status).toBe(200);
    expect(within.body.data.costUsd).toBeLessThanOrEqual(0.0001);
    const next = await user
      .post(COMPLETE)
      .set('x-budget-max-usd', '0.0001')
      .send({ prompt: PROMPT, maxTokens: maxAffordableTokens + 1 });
    expect(next.status).toBe(402);
  });

  it('402 when the wallet has too few credits', async () => {
    app.wallet.balance(3);
    const { status, body } = await (await app.as()).post(COMPLETE).send({ prompt: PROMPT });
    expect([status, body.error.code]).toEqual([402, 'INSUFFICIENT_CREDITS']);
  });

  it('the same key answers the same bytes and charges once; another prompt under it is 422', async () => {
    const user = await app.as();
    const holds = app.wallet.holds.length;
    const send = (prompt: string) => user.post(COMPLETE).set('idempotency-key', 'plan-1').send({ prompt });
    const first = await send(PROMPT);
    const second = await send(PROMPT);
    expect(second.text).toBe(first.text);
    expect(app.wallet.holds).toHaveLength(holds + 1);
    const other = await send('Something else');
    expect([other.status, other.body.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('the estimate is exactly the hold', async () => {
    const user = await app.as();
    const request = { prompt: PROMPT, maxTokens: 2_000 };
    const { body } = await user
      .post('/llm-orch/v1/estimates')
      .send({ operation: 'inference.complete', request });
    await user.post(COMPLETE).send(request);
    expect(body.data.credits).toBe(app.wallet.holds.at(-1)?.amount);
    expect(body.data.maxCostUsd).toBeGreaterThan(0);
  });

  it.each(['models', 'variants', 'providers', 'use-cases', 'prices'])('200 GET /%s', async (list) => {
    const { status, body } = await (await app.as()).get(`/llm-orch/v1/${list}`);
    expect(status).toBe(200);
    expect(body.data.length).toBeGreaterThan(0);
  });
});

describe('POST /inference/complete on a vendor', () => {
  const KEY = 'sk-test-0123456789';
  const vendor = new FakeOpenAiServer(KEY);
  let app: TestService;

  beforeAll(async () => {
    const environment = {
      OPENAI_API_KEY: KEY,
      COMPLETION_CACHE: 'off',
      OPENAI_BASE_URL: await vendor.start(),
      INFERENCE_TIMEOUT_MS: '1500',
    };
    app = await startService(llmOrch, { environment });
  });
  beforeEach(() => {
    vendor.seen.length = 0;
    app.wallet.balance(10_000);
  });
  afterAll(async () => {
    await app.close();
    await vendor.stop();
  });

  it("charges the vendor's own usage at the list price", async () => {
    vendor.behave = (response) => sendJson(response, 200, chatAnswer('Come and see.'));
    const { status, body } = await (
      await app.as()
    )
      .post(COMPLETE)
      .send({ prompt: PROMPT, model: 'gpt-4.1-mini' });
    expect(status).toBe(200);
    expect(body.data.usage).toEqual({
      inputTokens: 20,
      cachedTokens: 100,
      outputTokens: 7,
      totalTokens: 127,
      source: 'provider',
    });
    // 20 at $0.40, 100 cached at $0.10, 7 at $1.60 per million: 29.2 micro-USD, rounded up.
    expect(body.data.costUsd).toBe(0.00003);
    expect(body.data.credits).toEqual({ held: 15, charged: 5 });
  });

  it.each([
    ['LLM_1002', 502, 'a server error', (r: ServerResponse) => sendJson(r, 500, {}), 1],
    ['LLM_1002', 502, 'a server that is busy, asked twice', (r: ServerResponse) => sendJson(r, 503, {}), 2],
    [
      'UNAVAILABLE',
      503,
      'a rate limit, asked twice',
      (r: ServerResponse) => sendJson(r, 429, {}, { 'retry-after': '0' }),
      2,
    ],
    ['LLM_1002', 502, 'a refused key', (r: ServerResponse) => sendJson(r, 401, {}), 1],
    [
      'LLM_1005',
      400,
      'an overflow',
      (r: ServerResponse) => sendJson(r, 400, { error: { code: 'context_length_exceeded' } }),
      1,
    ],
    ['LLM_1003', 504, 'silence', () => undefined, 1],
    ['LLM_1002', 502, 'a cut connection', (r: ServerResponse) => r.destroy(), 1],
  ] as const)('%s (%i) after %s, and the hold is released', async (code, http, _what, behave, calls) => {
    const user = await app.as();
    // An answer in between: what is shown here is the failure, not the breaker that five of them would open.
    vendor.behave = (response) => sendJson(response, 200, chatAnswer('Come and see.'));
    await user.post(COMPLETE).send({ prompt: PROMPT }).expect(200);
    vendor.seen.length = 0;
    vendor.behave = behave;
    const { status, body } = await user.post(COMPLETE).send({ prompt: PROMPT });
    expect([status, body.error.code]).toEqual([http, code]);
    expect(vendor.seen).toHaveLength(calls);
    await app.service.app.get(SettlementSweep, { strict: false }).run();
    expect(app.wallet.holds.at(-1)).toMatchObject({ state: 'released' });
    expect(JSON.stringify(body)).not.toContain(KEY);
  });
});
