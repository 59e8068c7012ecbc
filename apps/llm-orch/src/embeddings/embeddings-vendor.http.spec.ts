import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { SettlementSweep } from '@eventzr/wallet-client';
import { llmOrch } from '../llm-orch.service-definition.js';
import { FakeRetrievalServer } from '../providers/openai-compatible/openai-retrieval.fake.js';
import { sendJson } from '../providers/openai-compatible/openai-server.fake.js';

const BASE = '/llm-orch/v1';

describe('embeddings and moderations on a vendor', () => {
  const vendor = new FakeRetrievalServer('sk-test');
  let app: TestService;

  beforeAll(async () => {
    app = await startService(llmOrch, {
      environment: { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: await vendor.start() },
    });
    app.wallet.balance(10_000);
  });
  beforeEach(() => {
    vendor.seen.length = 0;
    vendor.behave = undefined;
  });
  afterAll(async () => {
    await app.close();
    await vendor.stop();
  });

  it("embeddings come from its first model, with its own usage, at the table's price", async () => {
    const { body } = await (await app.as()).post(`${BASE}/embeddings`).send({ input: 'A wedding' });
    expect(body.data).toMatchObject({
      provider: 'openai',
      model: 'text-embedding-3-small',
      embedding: [0, 9, 0.5],
      usage: { inputTokens: 4, source: 'provider' },
    });
    expect(body.data).not.toHaveProperty('limits');
    expect(vendor.seen).toHaveLength(1);
  });

  it.each([
    ['embeddings', 'LLM_1102', { input: 'A wedding' }],
    ['moderations', 'LLM_1002', { input: 'A wedding' }],
  ])('502 from %s when it fails, and the hold is released', async (path, code, wish) => {
    vendor.behave = (response) => sendJson(response, 500, {});
    const { status, body } = await (await app.as()).post(`${BASE}/${path}`).send(wish);
    expect([status, body.error.code]).toEqual([502, code]);
    await app.service.app.get(SettlementSweep, { strict: false }).run();
    expect(app.wallet.holds.every(({ state }) => state !== 'open')).toBe(true);
  });

  it('LLM_1100 when it finds an input too long that we did not', async () => {
    vendor.behave = (response) => sendJson(response, 400, { error: { message: 'maximum context length' } });
    const { body } = await (await app.as()).post(`${BASE}/embeddings`).send({ input: 'A wedding' });
    expect(body.error.code).toBe('LLM_1100');
  });

  it('a rate limit is waited for once, and then it answers', async () => {
    vendor.behave = (response) => {
      vendor.behave = undefined;
      sendJson(response, 429, {}, { 'retry-after-ms': '1' });
    };
    expect((await (await app.as()).post(`${BASE}/embeddings`).send({ input: 'A wedding' })).status).toBe(200);
    expect(vendor.seen).toHaveLength(2);
  });
});
