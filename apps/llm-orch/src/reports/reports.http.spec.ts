import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { Prisma } from '../generated/prisma/client.js';
import { LlmOrchDb } from '../llm-orch.db.js';
import { llmOrch } from '../llm-orch.service-definition.js';
import { FakeOpenAiServer } from '../providers/openai-compatible/openai-server.fake.js';
import { playScenario } from '../providers/openai-compatible/openai-wire.fake.js';
import type { WireScenario } from '../providers/text-provider.conformance.js';
import { CallReports } from './call-reports.js';

const BASE = '/llm-orch/v1';
const KEY = 'sk-test-0123456789';
const MODEL = 'gpt-4.1-mini';
const WISH = { prompt: 'Invite people', useCase: 'email' };
const CHAT = { model: MODEL, messages: [{ role: 'user', content: 'Invite people' }] };
const TOO_LITTLE = { 'x-budget-max-usd': '0.000001' };

const vendor = new FakeOpenAiServer(KEY);
let app: TestService;
let caller: { tenantId: string; userId: string };

beforeAll(async () => {
  app = await startService(llmOrch, {
    environment: {
      COMPLETION_CACHE: 'off',
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: await vendor.start(),
      LLM_ROUTES: `default=openai/${MODEL},openai/gpt-4.1`,
    },
  });
});
beforeEach(() => {
  app.wallet.recover();
  app.wallet.balance(10_000);
  caller = { tenantId: newId(), userId: newId() };
});
afterAll(async () => {
  await app.close();
  await vendor.stop();
});

function play(scenario: WireScenario): void {
  vendor.behave = (response, { body }) => playScenario(response, scenario, body['stream'] === true);
}

async function post(path: string, body: object, headers: Record<string, string> = {}) {
  const { status } = await (
    await app.as({ ...caller, roles: ['admin'] })
  )
    .post(BASE + path)
    .set(headers)
    .send(body);
  return status;
}

/** What the world was told of the caller's tenant, usage aside. */
async function told(): Promise<{ type: string; data: Record<string, unknown> }[]> {
  await app.service.app.get(CallReports, { strict: false }).flush();
  const events = Prisma.sql`
    SELECT type, data FROM platform.outbox_events WHERE type NOT LIKE '%usage%' AND type NOT LIKE '%outage%' ORDER BY time, id`;
  return app.service.app.get(LlmOrchDb).withTenant((tx) => tx.$queryRaw(events), caller.tenantId);
}

describe('eventzr.llm.budget.exceeded.v1', () => {
  const type = 'eventzr.llm.budget.exceeded.v1';

  it.each([
    ['/inference/complete', WISH, 'email'],
    ['/inference/complete', { ...WISH, stream: true }, 'email'],
    ['/openai/chat/completions', CHAT, 'general'],
    ['/embeddings', { input: 'a guest list '.repeat(200), provider: 'local' }, 'embeddings'],
  ])('tells of a call of %s over its own ceiling', async (path, body, useCase) => {
    expect(await post(path, body, TOO_LITTLE)).toBe(402);
    const limit = { limitSource: 'request', ceilingUsd: 0.000001, estimateUsd: expect.any(Number), maxAffordableTokens: 0 }; // prettier-ignore
    expect(await told()).toMatchObject([
      { type, data: { ...caller, useCase, action: 'rejected', ...limit } },
    ]);
  });

  it.each([false, true])('tells which budget was too small, streamed: %s', async (stream) => {
    const admin = await app.as({ ...caller, roles: ['admin'] });
    await admin.put(`${BASE}/budgets`).send({ tenant: { dayUsd: 0 } }).expect(200); // prettier-ignore
    expect(await post('/inference/complete', { ...WISH, stream })).toBe(402);
    const limit = { limitSource: 'tenant-day', ceilingUsd: 0, availableUsd: 0, resetsAt: expect.any(String) };
    const about = { ...caller, provider: 'openai', model: MODEL, useCase: 'email' };
    expect(await told()).toMatchObject([{ type, data: { ...about, ...limit, action: 'rejected' } }]);
  });

  it('tells of a stream that was stopped', async () => {
    play({ kind: 'answer', pieces: Array.from({ length: 99 }, (_, index) => ` word${index}`) });
    expect(await post('/inference/complete', { ...WISH, maxTokens: 20, stream: true })).toBe(200);
    expect(await told()).toMatchObject([
      { type, data: { ...caller, action: 'stopped', limitSource: 'maxTokens' } },
    ]);
  });
});

describe('eventzr.llm.inference.failed.v1', () => {
  const type = 'eventzr.llm.inference.failed.v1';

  it.each([
    ['server', 502, 'LLM_1002'],
    ['rate_limited', 503, 'UNAVAILABLE'],
  ] as const)('tells of every attempt once all are spent: %s', async (fault, status, code) => {
    play({ kind: 'fault', fault, retryAfterSeconds: 9 });
    expect(await post('/inference/complete', WISH)).toBe(status);
    const attempts = [MODEL, 'gpt-4.1'].map((model) => ({ provider: 'openai', model, outcome: fault }));
    const about = { ...caller, provider: 'openai', model: MODEL, useCase: 'email', code };
    expect(await told()).toMatchObject([{ type, data: { ...about, attempts } }]);
  });

  it('tells of a stream that broke', async () => {
    play({ kind: 'cut', pieces: ['Come'] });
    expect(await post('/inference/complete', { ...WISH, stream: true })).toBe(200);
    expect(await told()).toMatchObject([{ type, data: { ...caller, code: 'LLM_1002' } }]);
  });

  it('tells of embeddings too, by their own code', async () => {
    vendor.behave = (response) => response.writeHead(500).end('{}');
    expect(await post('/embeddings', { input: 'a', model: 'text-embedding-3-small' })).toBe(502);
    const about = { ...caller, useCase: 'embeddings', code: 'LLM_1102' };
    expect(await told()).toMatchObject([{ type, data: about }]);
  });

  it('says nothing of what the caller did wrong, nor of a wallet that is down', async () => {
    play({ kind: 'fault', fault: 'context_length' });
    expect(await post('/inference/complete', { ...WISH, model: MODEL })).toBe(400);
    expect(await post('/inference/complete', { prompt: '' })).toBe(400);
    app.wallet.isDown = true;
    expect(await post('/inference/complete', WISH)).toBe(503);
    expect(await told()).toEqual([]);
  });
});

describe('eventzr.llm.quota.low.v1', () => {
  const wallet = { walletId: newId(), held: 5, currency: 'credits', frozen: false };
  const balance = { available: 150, thresholdCredits: 200, fullCredits: 1_000 };

  it.each(['user', 'team'])(
    'tells that a %s wallet runs low, when the wallet says so, once',
    async (kind) => {
      const ownerId = kind === 'user' ? caller.userId : caller.tenantId;
      const event = {
      specversion: '1.0', id: newId(), type: 'eventzr.wallet.balance.low.v1', source: 'wallet-svc',
      subject: caller.tenantId, time: app.clock.now().toISOString(), datacontenttype: 'application/json',
      sequence: 1, aggregateid: wallet.walletId, data: { ...caller, ...wallet, ...balance, kind, ownerId },
    }; // prettier-ignore
      for (let delivery = 0; delivery < 2; delivery += 1)
        await app
          .internal('wallet')
          .post(`${BASE}/internal/events`)
          .send({ events: [event] })
          .expect(200);
      await app.drainJobs();
      expect(await told()).toEqual([
        {
          type: 'eventzr.llm.quota.low.v1',
          data: {
            tenantId: caller.tenantId,
            userId: kind === 'user' ? caller.userId : null,
            walletId: wallet.walletId,
            availableCredits: 150,
            heldCredits: 5,
            thresholdCredits: 200,
            fullCredits: 1_000,
          },
        },
      ]);
    },
  );
});
