import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, newId } from '@eventzr/config';
import { startService, testServiceKey } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { LlmOrchDb } from '../llm-orch.db.js';
import { llmOrch } from '../llm-orch.service-definition.js';
import { chatAnswer, FakeOpenAiServer, sendJson } from '../providers/openai-compatible/openai-server.fake.js';
import { playScenario } from '../providers/openai-compatible/openai-wire.fake.js';
import { allEventsOf } from './event-stream.fake.js';
import { OldSpend } from '../budgets/old-spend.js';

const COMPLETE = '/llm-orch/v1/inference/complete';
const CHAT = '/llm-orch/v1/internal/inference/chat';
const ESTIMATES = '/llm-orch/v1/internal/estimates';
const TENANT = '00000000-0000-0000-0000-000000000001';
const USER = '00000000-0000-4000-8000-000000000104';
const KEY = 'sk-test-0123456789';
const WISH = {
  messages: [{ role: 'user', content: 'Invite people to a conference' }],
  maxTokens: 500,
  model: 'gpt-4.1-mini',
};

const vendor = new FakeOpenAiServer(KEY);
const lines: string[] = [];
let app: TestService;
let bearer: string;

beforeAll(async () => {
  app = await startService(llmOrch, {
    logger: createLogger('llm-orch', 'info', { write: (line) => void lines.push(line) }),
    environment: {
      OPENAI_API_KEY: KEY,
      COMPLETION_CACHE: 'off',
      OPENAI_BASE_URL: await vendor.start(),
      INFERENCE_TIMEOUT_MS: '1500',
    },
  });
  bearer = await app.tokens.bearer({ userId: USER });
});
beforeEach(() => {
  vendor.seen.length = 0;
  vendor.behave = (response) => sendJson(response, 200, chatAnswer('Come and see.'));
  app.wallet.balance(10_000);
});
afterAll(async () => {
  await app.close();
  await vendor.stop();
});

const unknown = () => {
  vendor.behave = (response) => sendJson(response, 500, {});
};

async function spent(operationId: string): Promise<number | undefined> {
  const row = await app.service.app
    .get(LlmOrchDb)
    .withTenant((tx) => tx.operationSpend.findFirst({ where: { operationId } }), TENANT);
  return row === null ? undefined : Number(row.committedMicroUsd);
}

/** The most that one attempt can cost. */
async function bound(): Promise<number> {
  const { body } = await app.internal().post(ESTIMATES).set({ authorization: bearer }).send(WISH).expect(200);
  return body.data.maxCostMicroUsd;
}

async function openHold(operationId: string): Promise<string> {
  const id = newId();
  const fields = { tenantId: TENANT, userId: USER, roles: ['user'], walletChoice: null };
  const wanted = { operation: 'orchestrate.single', referenceId: operationId, amount: 10 };
  const answer = await fetch(`${app.wallet.url}/wallet/v1/internal/holds`, {
    method: 'POST',
    headers: {
      'x-service-name': 'aibrain',
      'x-service-key': 'key',
      'x-request-id': id,
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    },
    body: JSON.stringify({ id, ...fields, ...wanted, deadline: new Date().toISOString() }),
  });
  expect(answer.status).toBe(201);
  return id;
}

const step = (headers: Record<string, string>) =>
  app
    .internal()
    .post(CHAT)
    .set({ authorization: bearer, ...headers })
    .send(WISH);

const paidBy = (operationId: string, holdId: string, maxMicroUsd: number) => ({
  'x-parent-operation': operationId,
  'x-parent-hold': holdId,
  'x-parent-max-micro-usd': String(maxMicroUsd),
});

describe('a ceiling', () => {
  it('holds over repeated requests: an attempt that may have been billed counts at its bound', async () => {
    const user = await app.as();
    const ceilingUsd = ((await bound()) * 1.5) / 1e6;
    const send = () =>
      user
        .post(COMPLETE)
        .set({ 'idempotency-key': 'once', 'x-budget-max-usd': ceilingUsd.toFixed(6) })
        .send({ prompt: WISH.messages[0]?.content, maxTokens: WISH.maxTokens, model: WISH.model });
    unknown();
    expect((await send()).status).toBe(502);
    const { status, body } = await send();
    expect([status, body.error.code]).toEqual([402, 'BUDGET_EXCEEDED']);
    expect(body.error.details).toMatchObject({
      ceilingUsd: Number(ceilingUsd.toFixed(6)),
      estimateUsd: expect.any(Number),
    });
    expect(body.error.details.maxAffordableTokens).toBeLessThan(WISH.maxTokens);
    expect(vendor.seen).toHaveLength(1);
  });

  it('counts what surely did not run at nothing, and what did at its cost', async () => {
    const operationId = newId();
    const holdId = await openHold(operationId);
    const max = Math.floor((await bound()) * 1.5);
    vendor.behave = (response) => sendJson(response, 400, { error: { code: 'context_length_exceeded' } });
    expect((await step(paidBy(operationId, holdId, max))).status).toBe(400);
    expect(await spent(operationId)).toBe(0);
    vendor.behave = (response) => sendJson(response, 200, chatAnswer('Come and see.'));
    const { status, body } = await step(paidBy(operationId, holdId, max));
    expect([status, await spent(operationId)]).toEqual([200, Math.round(body.data.costUsd * 1e6)]);
  });

  it('is one for all children of a parent, also for those at the same time', async () => {
    const operationId = newId();
    const holdId = await openHold(operationId);
    const one = await bound();
    unknown();
    const children = Array.from({ length: 4 }, () => step(paidBy(operationId, holdId, 2 * one)));
    const statuses = (await Promise.all(children)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([402, 402, 502, 502]);
    expect([vendor.seen.length, await spent(operationId)]).toEqual([2, 2 * one]);
  });

  it('is told to the internal estimate, which says what would be affordable', async () => {
    const { status, body } = await app
      .internal()
      .post(ESTIMATES)
      .set({ authorization: bearer })
      .send({ ...WISH, ceilingMicroUsd: (await bound()) - 1 });
    expect([status, body.error.code]).toEqual([402, 'BUDGET_EXCEEDED']);
    expect(body.error.details.maxAffordableTokens).toBeGreaterThan(0);
    expect(body.error.details.maxAffordableTokens).toBeLessThan(WISH.maxTokens);
  });

  it('is forgotten when nobody can repeat the operation any more', async () => {
    const operationId = newId();
    unknown();
    await step(paidBy(operationId, await openHold(operationId), await bound()));
    const sweep = app.service.app.get(OldSpend, { strict: false });
    await sweep.run();
    expect(await spent(operationId)).toBeGreaterThan(0);
    app.clock.advance(49 * 3_600_000);
    await sweep.run();
    expect(await spent(operationId)).toBeUndefined();
    app.clock.advance(-49 * 3_600_000);
  });
});

it('a caller that went away is no error of ours', async () => {
  const leaving = new AbortController();
  vendor.behave = () => leaving.abort();
  lines.length = 0;
  const sent = fetch(app.url + COMPLETE, {
    method: 'POST',
    headers: { authorization: bearer, 'content-type': 'application/json' },
    body: JSON.stringify({ prompt: 'Plan a wedding', model: WISH.model }),
    signal: leaving.signal,
  });
  await expect(sent).rejects.toThrow('abort');
  const told = () => lines.find((line) => line.includes('LLM_1003') && line.includes('went away'));
  for (let waits = 0; waits < 100 && told() === undefined; waits += 1) await delay(20);
  expect(told()).toBeDefined();
  expect(lines.filter((line) => line.includes('"level":40') || line.includes('"level":50'))).toEqual([]);
  expect(lines.join('')).not.toContain('"stack"');
});

describe('a child call', () => {
  it('needs an open hold of its caller, and takes none itself', async () => {
    const { status, body } = await step(paidBy(newId(), newId(), 1_000_000));
    expect([status, body.error.code]).toEqual([409, 'LLM_1402']);
    expect((await app.request().post(CHAT).send({})).status).toBe(404);
  });

  it('is the same step under a newer hold: a finished one is replayed', async () => {
    const operationId = newId();
    const key = { 'idempotency-key': newId() };
    const first = await step({ ...key, ...paidBy(operationId, await openHold(operationId), 1_000_000) });
    const second = await step({ ...key, ...paidBy(operationId, await openHold(operationId), 2_000_000) });
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.text).toBe(first.text);
    expect(vendor.seen).toHaveLength(1);
  });

  it('streams too, within the hold and the ceiling of its parent, and charges nothing itself', async () => {
    const operationId = newId();
    const holds = app.wallet.taken.length;
    const usage = { inputTokens: 20, cachedTokens: 0, outputTokens: 7 };
    vendor.behave = (response) =>
      playScenario(response, { kind: 'answer', pieces: ['Come', '.'], usage }, true);
    const paid = paidBy(operationId, await openHold(operationId), 1_000_000);
    const answer = await fetch(app.internalUrl + CHAT, {
      method: 'POST',
      headers: {
        authorization: bearer,
        'content-type': 'application/json',
        'x-service-name': 'aibrain',
        'x-service-key': testServiceKey('aibrain'),
        ...paid,
      },
      body: JSON.stringify({ ...WISH, stream: true }),
    });
    const events = await allEventsOf(answer);
    expect(events.map(({ event }) => event)).toEqual(['start', 'delta', 'delta', 'usage', 'done']);
    const { costUsd, credits } = events.at(-1)?.data as { costUsd: number; credits: object };
    expect(credits).toEqual({ held: 0, charged: 0 });
    expect(await spent(operationId)).toBe(Math.round(costUsd * 1e6));
    expect(app.wallet.taken).toHaveLength(holds + 1); // the parent's
  });

  it('400 without a readable parent', async () => {
    const good = paidBy(newId(), newId(), 1_000_000);
    for (const wrong of [
      { 'x-parent-operation': 'not-a-uuid' },
      { 'x-parent-hold': '-'.repeat(36) },
      { 'x-parent-max-micro-usd': '0' },
      { 'x-parent-max-micro-usd': '1e99' },
      { 'x-parent-max-micro-usd': '' },
    ]) {
      const { status, body } = await step({ ...good, ...wrong });
      expect([status, body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
    }
    expect((await step({})).status).toBe(400);
  });

  it("401 without the user's token", async () => {
    const parent = paidBy(newId(), newId(), 1_000_000);
    for (const path of [CHAT, ESTIMATES]) {
      const { status, body } = await app
        .internal()
        .post(path)
        .set({ 'idempotency-key': 'k', ...parent })
        .send(WISH);
      expect([status, body.error.code]).toEqual([401, 'UNAUTHORIZED']);
    }
  });
});
