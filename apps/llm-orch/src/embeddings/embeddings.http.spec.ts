import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import OpenAI from 'openai';
import { Prisma } from '../generated/prisma/client.js';
import { LlmOrchDb } from '../llm-orch.db.js';
import { llmOrch } from '../llm-orch.service-definition.js';
import { UsageLog } from '../usage/usage-log.js';

const BASE = '/llm-orch/v1';
const TENANT = '00000000-0000-0000-0000-000000000001';

describe('on the local models', () => {
  let app: TestService;

  beforeAll(async () => {
    app = await startService(llmOrch);
  });
  beforeEach(() => app.wallet.balance(10_000));
  afterAll(() => app.close());

  const post = async (path: string, body: object, headers = {}) =>
    (await app.as()).post(`${BASE}${path}`).set(headers).send(body);

  describe('POST /embeddings', () => {
    it('200 with one unit vector, its usage, cost and a credit', async () => {
      const { status, body } = await post('/embeddings', { input: 'A wedding by the sea' });
      expect(status).toBe(200);
      const { embedding, usage, credits, dimensions, costUsd, limits } = body.data;
      expect([embedding.length, dimensions]).toEqual([512, 512]);
      expect(Math.hypot(...embedding)).toBeCloseTo(1, 6);
      expect(usage).toMatchObject({ inputTokens: 5, totalTokens: 5, source: 'counted' });
      expect(credits).toEqual({ held: 1, charged: 1 });
      expect(costUsd).toBeGreaterThan(0);
      expect(limits.join(' ')).toMatch(/no language model/);
      expect(app.wallet.holds.at(-1)).toMatchObject({ amount: 1, operation: 'embeddings' });
    });

    it('200 with shorter vectors when asked', async () => {
      expect(
        (await post('/embeddings', { input: 'A wedding', dimensions: 64 })).body.data.embedding,
      ).toHaveLength(64);
    });

    it.each([
      ['LLM_1100', { input: '' }],
      ['LLM_1100', { input: 'word '.repeat(8_193) }],
      ['LLM_1100', {}],
      ['LLM_1103', { input: 'A wedding', dimensions: 513 }],
      ['LLM_1001', { input: 'A wedding', model: 'no-such-model' }],
      ['LLM_1302', { input: 'A wedding', provider: 'nobody' }],
      ['VALIDATION_FAILED', { input: 'A wedding', shout: true }],
    ])('400 %s, and nothing is held', async (code, wish) => {
      const holds = app.wallet.holds.length;
      const { status, body } = await post('/embeddings', wish);
      expect([status, body.error.code]).toEqual([400, code]);
      expect(app.wallet.holds).toHaveLength(holds);
    });

    it('200 for exactly 8,192 tokens', async () => {
      expect((await post('/embeddings', { input: ' word'.repeat(8_192) })).status).toBe(200);
    });

    it('402 under a ceiling that the call could pass, 200 under one that it cannot', async () => {
      const wish = { input: 'A wedding by the sea' };
      const { body } = await post('/estimates', { operation: 'embeddings', request: wish });
      const usd = body.data.maxCostUsd;
      expect(body.data.credits).toBe(1);
      const over = await post(
        '/embeddings',
        { input: 'A wedding by the sea '.repeat(20) },
        { 'x-budget-max-usd': usd.toFixed(6) },
      );
      expect([over.status, over.body.error.code]).toEqual([402, 'BUDGET_EXCEEDED']);
      const within = await post('/embeddings', wish, { 'x-budget-max-usd': usd.toFixed(6) });
      expect(within.status).toBe(200);
      expect(within.body.data.costUsd).toBeLessThanOrEqual(usd);
    });

    it('the same key answers the same bytes and charges once', async () => {
      const holds = app.wallet.holds.length;
      const send = () => post('/embeddings', { input: 'A picnic' }, { 'idempotency-key': 'embed-1' });
      const [first, again] = [await send(), await send()];
      expect(again.text).toBe(first.text);
      expect(app.wallet.holds).toHaveLength(holds + 1);
    });

    it('402 when the wallet has too few credits', async () => {
      app.wallet.balance(0);
      expect((await post('/embeddings', { input: 'A picnic' })).body.error.code).toBe('INSUFFICIENT_CREDITS');
    });

    it('is recorded with its tenant, and told', async () => {
      const { body } = await post('/embeddings', { input: 'A record of it' });
      await app.service.app.get(UsageLog, { strict: false }).flush();
      const db = app.service.app.get(LlmOrchDb);
      const query = Prisma.sql`SELECT data FROM platform.outbox_events WHERE type = 'eventzr.llm.embeddings.generated.v1' AND aggregate_id = ${body.data.id}`;
      expect(await db.withTenant((tx) => tx.$queryRaw(query), TENANT)).toMatchObject([
        { data: { provider: 'local', inputs: 1, dimensions: 512, inputTokens: 4 } },
      ]);
      const row = await db.withTenant(
        (tx) => tx.inference.findFirst({ where: { id: body.data.id } }),
        TENANT,
      );
      expect(row).toMatchObject({
        useCase: 'embeddings',
        provider: 'local',
        model: 'local-hash-512',
        creditsCharged: 1,
      });
    });
  });

  describe('POST /embeddings/batch', () => {
    it('200 with a vector an input, in their order, for a credit per ten', async () => {
      const inputs = Array.from({ length: 11 }, (_, at) => `Party number ${at}`);
      const { body } = await post('/embeddings/batch', { inputs });
      const alone = await post('/embeddings', { input: 'Party number 7' });
      expect(body.data.embeddings).toHaveLength(11);
      expect(body.data.embeddings[7]).toEqual({ index: 7, embedding: alone.body.data.embedding });
      expect(body.data.credits).toEqual({ held: 2, charged: 2 });
    });

    it.each([
      ['LLM_1101', []],
      ['LLM_1101', Array.from({ length: 101 }, () => 'a')],
      ['LLM_1100', ['a', '']],
      ['LLM_1100', ['a', 'word '.repeat(8_193)]],
    ])('400 %s', async (code, inputs) => {
      const { status, body } = await post('/embeddings/batch', { inputs });
      expect([status, body.error.code]).toEqual([400, code]);
    });

    it('200 for a hundred inputs', async () => {
      const inputs = Array.from({ length: 100 }, (_, at) => `Party number ${at}`);
      expect((await post('/embeddings/batch', { inputs })).body.data.credits.charged).toBe(10);
    });
  });

  describe('POST /rerank', () => {
    const documents = [
      'Parking and access for trucks',
      'A terrace above the beach, right by the sea',
      'A hall in the old town, a walk from the sea',
      'The kitchen closes at ten',
    ];

    it('200 with the best first, for two credits', async () => {
      const { status, body } = await post('/rerank', {
        query: 'venues by the sea',
        documents,
        topN: 2,
        returnDocuments: true,
      });
      expect(status).toBe(200);
      expect(body.data.results.map(({ index }: { index: number }) => index)).toEqual([1, 2]);
      expect(body.data.results[0].document).toBe(documents[1]);
      for (const { score } of body.data.results) expect(score > 0 && score <= 1).toBe(true);
      expect(body.data.credits).toEqual({ held: 2, charged: 2 });
    });

    it.each([
      [{ query: ' ', documents }],
      [{ query: 'sea', documents: [] }],
      [{ query: 'sea', documents: [' '] }],
      [{ query: 'sea', documents: Array.from({ length: 101 }, () => 'a') }],
      [{ query: 'sea', documents, topN: 0 }],
      [{ query: 'sea', documents: ['word '.repeat(8_193)] }],
      [{ documents }],
    ])('400 LLM_1200 for %#', async (wish) => {
      const { status, body } = await post('/rerank', wish);
      expect([status, body.error.code]).toEqual([400, 'LLM_1200']);
    });
  });

  describe('POST /moderations', () => {
    it('200 with a verdict an input, free, even with an empty wallet and the smallest ceiling', async () => {
      app.wallet.balance(0);
      const holds = app.wallet.holds.length;
      const wish = { input: ['Come and celebrate', 'I will murder the guests'] };
      const { status, body } = await post('/moderations', wish, { 'x-budget-max-usd': '0.000001' });
      expect(status).toBe(200);
      expect(body.data.results.map(({ flagged }: { flagged: boolean }) => flagged)).toEqual([false, true]);
      expect(body.data.results[1].categories).toMatchObject({ violence: true, spam: false });
      expect(body.data).toMatchObject({ costUsd: 0, credits: { held: 0, charged: 0 } });
      expect(app.wallet.holds).toHaveLength(holds);
    });

    it.each([[{ input: '' }], [{ input: [] }], [{ input: [1] }], [{}]])('400 for %j', async (wish) => {
      expect((await post('/moderations', wish)).body.error.code).toBe('VALIDATION_FAILED');
    });
  });

  it('POST /estimates knows every operation of GET /prices', async () => {
    const { body } = await (await app.as()).get(`${BASE}/prices`);
    expect(body.data.map(({ operation }: { operation: string }) => operation)).toEqual([
      'inference.complete', 'inference.chat', 'embeddings', 'rerank', 'moderations',
    ]); // prettier-ignore
    const estimate = async (operation: string, request: object) =>
      (await post('/estimates', { operation, request })).body.data?.credits;
    expect(await estimate('embeddings', { inputs: Array.from({ length: 21 }, () => 'a') })).toBe(3);
    expect(await estimate('rerank', { query: 'sea', documents: ['a'] })).toBe(2);
    expect(await estimate('moderations', { input: 'a' })).toBe(0);
    expect((await post('/estimates', { operation: 'toString', request: {} })).body.error.code).toBe(
      'LLM_1401',
    );
  });

  describe('the OpenAI client', () => {
    const client = async () =>
      new OpenAI({
        baseURL: `${app.url}${BASE}/openai`,
        apiKey: (await app.tokens.bearer({})).replace('Bearer ', ''),
        maxRetries: 0,
      });

    it('gets embeddings, which it asks for in base64', async () => {
      const { data, usage, model } = await (
        await client()
      ).embeddings.create({ model: 'local-hash-512', input: ['A wedding', 'A picnic'] });
      const own = (await post('/embeddings', { input: 'A picnic' })).body.data.embedding as number[];
      expect([data.length, model, usage.prompt_tokens > 0]).toEqual([2, 'local-hash-512', true]);
      for (const [at, value] of (data[1]?.embedding ?? []).entries())
        expect(value).toBeCloseTo(own[at] ?? 9, 6);
    });

    it('gets moderations', async () => {
      const { results, id } = await (
        await client()
      ).moderations.create({ input: 'I will murder the guests' });
      expect([results[0]?.flagged, results[0]?.category_scores.violence, id.startsWith('modr-')]).toEqual([
        true,
        1,
        true,
      ]);
    });

    it("is told of errors in OpenAI's shape", async () => {
      const failing = (await client()).embeddings.create({
        model: 'local-hash-512',
        input: 'word '.repeat(8_193),
      });
      await expect(failing).rejects.toMatchObject({
        status: 400,
        code: 'LLM_1100',
        type: 'invalid_request_error',
      });
    });
  });
});
