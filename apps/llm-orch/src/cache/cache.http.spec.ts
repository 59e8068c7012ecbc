import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { Prisma } from '../generated/prisma/client.js';
import { LlmOrchDb } from '../llm-orch.db.js';
import { llmOrch } from '../llm-orch.service-definition.js';
import { chatAnswer, FakeOpenAiServer, sendJson } from '../providers/openai-compatible/openai-server.fake.js';
import { ExpiredCompletions } from './expired-completions.js';

const COMPLETE = '/llm-orch/v1/inference/complete';
const CACHE = '/llm-orch/v1/cache';
const KEY = 'sk-test';
const TENANT = '00000000-0000-0000-0000-000000000001';
const OTHER_TENANT = 'a0000000-0000-4000-8000-000000000002';
const MOST = 5;

const vendor = new FakeOpenAiServer(KEY);
let app: TestService;
let asked = 0;

beforeAll(async () => {
  app = await startService(llmOrch, {
    environment: {
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: await vendor.start(),
      COMPLETION_CACHE_ENTRIES: String(MOST),
    },
  });
});
beforeEach(async () => {
  vendor.seen.length = 0;
  vendor.behave = (response) => sendJson(response, 200, chatAnswer(`answer ${(asked += 1)}`));
  app.wallet.balance(10_000);
  await (await app.as({ roles: ['admin'] })).delete(CACHE).expect(200);
});
afterAll(async () => {
  await app.close();
  await vendor.stop();
});

async function complete(wish: object, as: Parameters<TestService['as']>[0] = {}, headers = {}) {
  const { status, body, headers: answered } = await (await app.as(as)).post(COMPLETE).set(headers).send(wish);
  expect([status, body.error]).toEqual([200, null]);
  return { ...body.data, outcome: answered['x-cache'], headers: answered };
}

/** The events of one answer, its usage aside. */
function told(id: string) {
  const query = Prisma.sql`SELECT type, data FROM platform.outbox_events WHERE aggregate_id = ${id} AND type NOT LIKE '%usage%'`;
  return app.service.app.get(LlmOrchDb).withTenant((tx) => tx.$queryRaw(query), TENANT);
}

describe('a repeated completion', () => {
  it('is answered from the cache: no call, no cost, 5 credits, the same text', async () => {
    const wish = { prompt: 'Plan a gala dinner', maxTokens: 2_000 };
    const first = await complete(wish);
    const again = await complete(wish);
    expect([first.outcome, again.outcome]).toEqual(['MISS', 'HIT-exact']);
    expect([first.cached, again.cached]).toEqual([false, true]);
    expect(again).toMatchObject({
      text: first.text,
      costUsd: 0,
      credits: { held: 20, charged: 5 },
      attempts: [],
    });
    expect(again.usage).toMatchObject({ inputTokens: 0, outputTokens: 0, totalTokens: 0 });
    expect(again.headers['cache-control']).toBe('private, no-store');
    expect(vendor.seen).toHaveLength(1);
  });

  it('in other words is answered too, with how near they are', async () => {
    const first = await complete({ prompt: 'Plan a wedding in Lisbon for 120 guests' });
    const again = await complete({ prompt: 'Please plan a wedding for 120 guests in Lisbon' });
    expect([again.outcome, again.text]).toEqual(['HIT-semantic', first.text]);
    expect(Number(again.headers['x-cache-similarity'])).toBeGreaterThanOrEqual(0.9);
    expect(await told(again.id)).toMatchObject([
      {
        type: 'eventzr.llm.semantic-cache.hit.v1',
        data: { match: 'semantic', model: 'gpt-4.1-mini', useCase: 'general' },
      },
    ]);
    expect(vendor.seen).toHaveLength(1);
  });

  it('in words that are too far from it is asked anew, whatever bar the caller names', async () => {
    await complete({ prompt: 'Dinner in Rome on Friday for 5' });
    const other = { prompt: 'Dinner for 5 on Friday in Rome', cacheMinSimilarity: 0.1 };
    expect((await complete(other)).outcome).toBe('MISS');
  });

  it('a caller can raise the bar or ask for the same words, but not lower it', async () => {
    const other = 'Please plan a wedding for 120 guests in Lisbon';
    await complete({ prompt: 'Plan a wedding in Lisbon for 120 guests' });
    expect((await complete({ prompt: other, cacheMinSimilarity: 0.1 })).outcome).toBe('HIT-semantic');
    expect((await complete({ prompt: other, cache: 'exact' })).outcome).toBe('MISS');
    await (await app.as({ roles: ['admin'] })).delete(CACHE);
    await complete({ prompt: 'Plan a wedding in Lisbon for 120 guests' });
    expect((await complete({ prompt: other, cacheMinSimilarity: 0.999 })).outcome).toBe('MISS');
  });

  it.each([
    ['Plan a party for 120 guests', 'Plan a party for 300 guests'],
    ['How do I enable 2FA?', 'How do I disable 2FA?'],
    ['Plan a dinner on June 5', 'Plan a dinner on June 6'],
    ['Plan a wedding in Lisbon', 'Plan a wedding in Porto'],
  ])('never: %s | %s', async (one, other) => {
    await complete({ prompt: one });
    expect((await complete({ prompt: other })).outcome).toBe('MISS');
    expect(vendor.seen).toHaveLength(2);
  });

  it.each([
    ['maxTokens', { maxTokens: 501 }],
    ['temperature', { temperature: 0 }],
    ['topP', { topP: 0.5 }],
    ['stop', { stop: ['END'] }],
    ['seed', { seed: 7 }],
    ['responseFormat', { responseFormat: 'json' }],
    ['system', { system: 'Be brief.' }],
    ['useCase', { useCase: 'planning' }],
    ['model', { model: 'gpt-4.1' }],
    ['provider', { provider: 'local' }],
  ])('with another %s is asked anew, in the same and in other words', async (_field, change) => {
    await complete({ prompt: 'Plan a gala dinner', maxTokens: 500 });
    expect((await complete({ prompt: 'Plan a gala dinner', maxTokens: 500, ...change })).outcome).toBe(
      'MISS',
    );
    const reworded = { prompt: 'Please plan a gala dinner', maxTokens: 500, ...change, cache: 'on' };
    await (await app.as({ roles: ['admin'] })).delete(CACHE);
    await complete({ prompt: 'Plan a gala dinner', maxTokens: 500 });
    expect((await complete(reworded)).outcome).toBe('MISS');
  });

  it('in another language of the caller is asked anew', async () => {
    await complete({ prompt: 'Plan a gala dinner' }, {}, { 'accept-language': 'en-GB,en;q=0.9' });
    const german = await complete({ prompt: 'Plan a gala dinner' }, {}, { 'accept-language': 'de' });
    expect(german.outcome).toBe('MISS');
  });

  it.each([
    ['cache: off', { cache: 'off' }],
    ['a temperature', { temperature: 0.7 }],
    ['personal data', { prompt: 'Write to anna@example.com about the gala' }],
  ])('with %s passes the cache by, both ways', async (_why, change) => {
    const wish = { prompt: 'Plan a gala dinner', ...change };
    expect((await complete(wish)).outcome).toBe('BYPASS');
    expect((await complete(wish)).outcome).toBe('BYPASS');
    expect(vendor.seen).toHaveLength(2);
  });

  it('a cut answer is not given again', async () => {
    vendor.behave = (response) =>
      sendJson(
        response,
        200,
        chatAnswer(null, {
          choices: [{ index: 0, message: { role: 'assistant', content: 'Once' }, finish_reason: 'length' }],
        }),
      );
    await complete({ prompt: 'Plan a gala dinner' });
    expect((await complete({ prompt: 'Plan a gala dinner' })).outcome).toBe('MISS');
  });
});

describe('a streamed completion', () => {
  const pieces = (response: ServerResponse, end: 'done' | 'cut') => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const event = (choice: object) =>
      `data: ${JSON.stringify({ model: 'gpt-4.1-mini', choices: [{ index: 0, ...choice }] })}\n\n`;
    response.write(event({ delta: { content: 'Come ' } }));
    response.write(event({ delta: { content: 'and see.' } }));
    if (end === 'cut') setImmediate(() => response.socket?.destroy());
    else response.end(`${event({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`);
  };

  async function streamedEvents(prompt: string) {
    const answer = await (await app.as()).post(COMPLETE).send({ prompt, stream: true });
    const events = [...answer.text.matchAll(/^event: (\w+)\ndata: (.*)$/gm)];
    return {
      names: events.map(([, name]) => name),
      first: JSON.parse(events[0]?.[2] ?? '{}'),
      last: JSON.parse(events.at(-1)?.[2] ?? '{}'),
      outcome: answer.headers['x-cache'],
    };
  }

  it('is replayed as start, delta, usage, done, and charged 5', async () => {
    vendor.behave = (response) => pieces(response, 'done');
    const first = await streamedEvents('Plan a gala dinner');
    expect([first.outcome, first.last.text]).toEqual(['MISS', 'Come and see.']);
    const again = await streamedEvents('Please plan a gala dinner');
    expect(again.names).toEqual(['start', 'delta', 'usage', 'done']);
    expect(Object.keys(again.first)).toEqual(Object.keys(first.first));
    expect(again.outcome).toBe('HIT-semantic');
    expect(again.last).toMatchObject({
      text: 'Come and see.',
      cached: true,
      costUsd: 0,
      credits: { charged: 5 },
    });
    const whole = await complete({ prompt: 'Plan a gala dinner' });
    expect([whole.outcome, whole.text]).toEqual(['HIT-exact', 'Come and see.']);
    expect(vendor.seen).toHaveLength(1);
  });

  it('that broke is not given again', async () => {
    vendor.behave = (response) => pieces(response, 'cut');
    expect((await streamedEvents('Plan a gala dinner')).names.at(-1)).toBe('error');
    vendor.behave = (response) => pieces(response, 'done');
    expect((await streamedEvents('Plan a gala dinner')).outcome).toBe('MISS');
  });
});

describe('the OpenAI-compatible ingress', () => {
  it('says x-cache too, with and without a key, and takes Cache-Control: no-cache for a no', async () => {
    const user = await app.as();
    const chat = (headers = {}) =>
      user
        .post('/llm-orch/v1/openai/chat/completions')
        .set(headers)
        .send({ model: 'gpt-4.1-mini', messages: [{ role: 'user', content: 'Plan a gala dinner' }] });
    const [first, keyed, plain] = [await chat(), await chat({ 'idempotency-key': 'gala-1' }), await chat()];
    expect([first, keyed, plain].map(({ headers }) => headers['x-cache'])).toEqual([
      'MISS',
      'HIT-exact',
      'HIT-exact',
    ]);
    expect(keyed.body.choices).toEqual(first.body.choices);
    expect((await chat({ 'cache-control': 'no-cache' })).headers['x-cache']).toBe('BYPASS');
    expect(vendor.seen).toHaveLength(2);
  });
});

describe('two tenants', () => {
  it('never share an answer, neither to the same nor to other words', async () => {
    await complete({ prompt: 'Plan a gala dinner' });
    const foreign = { tenantId: OTHER_TENANT, userId: 'a0000000-0000-4000-8000-0000000000aa' };
    expect((await complete({ prompt: 'Plan a gala dinner' }, foreign)).outcome).toBe('MISS');
    await complete({ prompt: 'Plan a garden party' }, foreign);
    expect((await complete({ prompt: 'Please plan a garden party' })).outcome).toBe('MISS');
    expect(vendor.seen).toHaveLength(4);
  });

  it('clear their own cache only', async () => {
    const foreign = { tenantId: OTHER_TENANT, userId: 'a0000000-0000-4000-8000-0000000000aa' };
    await complete({ prompt: 'Plan a reunion' }, foreign);
    await complete({ prompt: 'Plan a reunion' });
    const cleared = await (await app.as({ roles: ['admin'] })).delete(CACHE).expect(200);
    expect(cleared.body.data.removed).toBe(1);
    expect((await complete({ prompt: 'Plan a reunion' })).outcome).toBe('MISS');
    expect((await complete({ prompt: 'Plan a reunion' }, foreign)).outcome).toBe('HIT-exact');
  });
});

describe('the cache', () => {
  it('is cleared by admins alone', async () => {
    expect((await (await app.as({ roles: ['user', 'organizer'] })).delete(CACHE)).status).toBe(403);
  });

  it(`keeps the ${MOST} newest answers of a tenant`, async () => {
    for (let at = 0; at <= MOST; at += 1) {
      await complete({ prompt: `Plan party number ${at}` });
      app.clock.advance(1_000);
    }
    expect((await complete({ prompt: `Plan party number ${MOST}` })).outcome).toBe('HIT-exact');
    expect((await complete({ prompt: 'Plan party number 0' })).outcome).toBe('MISS');
  });

  it('forgets after an hour, and the sweep removes what is left', async () => {
    await complete({ prompt: 'Plan a gala dinner' });
    app.clock.advance(3_600_000);
    expect((await complete({ prompt: 'Plan a gala dinner' })).outcome).toBe('MISS');
    app.clock.advance(3_600_000);
    const { processed } = await app.service.app.get(ExpiredCompletions).run();
    expect(processed).toBeGreaterThanOrEqual(1);
    const left = await app.service.app
      .get(LlmOrchDb)
      .withTenant((tx) => tx.cachedCompletion.count(), OTHER_TENANT);
    expect(left).toBe(0);
  });
});
