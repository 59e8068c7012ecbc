import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock, newId } from '@eventzr/config';
import { FakeWallet, ServiceProcess, startService, startTestDatabase, TokenMint } from '@eventzr/testing';
import type { TestDatabase, TestService } from '@eventzr/testing';
import { OperationSweep, SettlementSweep } from '@eventzr/wallet-client';
import { AbandonedBudgetHolds } from '../budgets/abandoned-budget-holds.js';
import { LlmOrchDb } from '../llm-orch.db.js';
import { llmOrch } from '../llm-orch.service-definition.js';
import { FakeOpenAiServer } from '../providers/openai-compatible/openai-server.fake.js';
import { playScenario } from '../providers/openai-compatible/openai-wire.fake.js';
import { eventsOf } from './event-stream.fake.js';

const BASE = '/llm-orch/v1';
const KEY = 'sk-test-0123456789';
const WISH = { prompt: 'Invite people', model: 'gpt-4.1-mini', maxTokens: 500 };
const USAGE = { inputTokens: 20, cachedTokens: 0, outputTokens: 7 };
const MINUTE_MS = 60_000;

/** The power goes off while models are at work, and comes back. */
describe('kill -9 in the middle of three calls', () => {
  // Begins with the machine's own time, by which the process lives that is killed.
  const clock = new ManualClock(Date.now());
  const vendor = new FakeOpenAiServer(KEY);
  const caller = { tenantId: newId(), userId: newId(), roles: ['admin'] as const };
  const keys = { buffered: newId(), streamed: newId(), ceiling: newId() };
  let database: TestDatabase;
  let tokens: TokenMint;
  let wallet: FakeWallet;
  let app: TestService;
  let url: string;
  let boundMicroUsd: number;

  beforeAll(async () => {
    [database, tokens, wallet] = await Promise.all([
      startTestDatabase('llm-orch'),
      TokenMint.start({ clock }),
      FakeWallet.start(),
    ]);
    const environment = {
      COMPLETION_CACHE: 'off',
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: await vendor.start(),
      AUTH_INTERNAL_URL: tokens.url,
      WALLET_INTERNAL_URL: wallet.url,
    };
    app = await startService(llmOrch, { database, clock, environment });
    const script = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
    const killed = await ServiceProcess.start('llm-orch', script, {
      ...app.environment,
      ...environment,
    });
    url = killed.url;
    await post('/budgets', { tenant: { dayUsd: 1 } }, {}, 'PUT');
    const estimate = await post('/estimates', { operation: 'inference.complete', request: WISH });
    boundMicroUsd = Math.round(estimate.data.maxCostUsd * 1e6);
    vendor.behave = (response, { body }) =>
      playScenario(response, { kind: 'silence', pieces: ['Come'] }, body['stream'] === true);
    const calls = [
      post('/inference/complete', WISH, { 'idempotency-key': keys.buffered }),
      post('/inference/complete', WISH, { 'idempotency-key': keys.ceiling, ...ceiling() }),
    ].map((call) => call.catch(() => undefined));
    const stream = await sent(
      '/inference/complete',
      { ...WISH, stream: true },
      { 'idempotency-key': keys.streamed },
    );
    for await (const { event } of eventsOf(stream)) if (event === 'delta') break;
    while (vendor.seen.length < 3) await delay(5);
    await killed.kill();
    await Promise.all(calls);
    url = app.url;
    vendor.behave = (response, { body }) =>
      playScenario(response, { kind: 'answer', pieces: ['Come.'], usage: USAGE }, body['stream'] === true);
  });
  afterAll(async () => {
    await app.close();
    await Promise.all([tokens.close(), wallet.stop(), vendor.stop(), database.drop()]);
  });

  it('leaves three holds and three bounds, and each key belongs to the dead until its lease is over', async () => {
    expect(states()).toEqual(['open', 'open', 'open']);
    expect(await budget()).toEqual({ spent: 0, held: 3 * boundMicroUsd });
    const again = await post('/inference/complete', WISH, { 'idempotency-key': keys.buffered });
    expect(again).toMatchObject({ error: { code: 'IDEMPOTENCY_IN_PROGRESS' } });
  });

  it('the same key then goes on with the same hold, and is charged once', async () => {
    clock.advance(2 * MINUTE_MS);
    const headers = { 'idempotency-key': keys.buffered };
    const answer = await post('/inference/complete', WISH, headers);
    expect(answer).toMatchObject({ error: null, data: { text: 'Come.', credits: { held: 10, charged: 5 } } });
    const again = await post('/inference/complete', WISH, headers);
    expect(again.data).toEqual(answer.data);
    await app.service.app.get(SettlementSweep, { strict: false }).run();
    expect([states().filter((state) => state === 'captured'), vendor.seen.length]).toEqual([['captured'], 4]);
  });

  it('a ceiling still counts what the dead may have been billed', async () => {
    const headers = { 'idempotency-key': keys.ceiling, ...ceiling() };
    const { error } = await post('/inference/complete', WISH, headers);
    expect(error).toMatchObject({ code: 'BUDGET_EXCEEDED', details: { limitSource: 'request' } });
    expect(vendor.seen).toHaveLength(4);
  });

  it('what nobody asks for again is swept: the hold is released, the bound counts as spent', async () => {
    await app.service.app.get(OperationSweep, { strict: false }).run();
    await app.service.app.get(SettlementSweep, { strict: false }).run();
    expect(states().toSorted()).toEqual(['captured', 'released', 'released']);
    const { spent: costMicroUsd, held } = await budget();
    expect([costMicroUsd > 0, held]).toEqual([true, 3 * boundMicroUsd]);
    clock.advance(61 * MINUTE_MS);
    await app.service.app.get(AbandonedBudgetHolds, { strict: false }).run();
    expect(await budget()).toEqual({ spent: costMicroUsd + 3 * boundMicroUsd, held: 0 });
    expect(wallet.faults).toEqual([]);
  });

  /** Enough for one attempt and a half. */
  function ceiling() {
    return { 'x-budget-max-usd': ((boundMicroUsd * 1.5) / 1e6).toFixed(6) };
  }

  async function sent(path: string, body: object, headers: Record<string, string>, method = 'POST') {
    const authorization = await tokens.bearer(caller);
    return fetch(`${url}${BASE}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  async function post(path: string, body: object, headers: Record<string, string> = {}, method = 'POST') {
    return (await (await sent(path, body, headers, method)).json()) as {
      data: { text: string; maxCostUsd: number };
      error: object | null;
    };
  }

  function states(): string[] {
    return wallet.taken.map(({ state }) => state);
  }

  /** Of the tenant, over all days: the clock may pass midnight. */
  async function budget() {
    const days = await app.service.app
      .get(LlmOrchDb)
      .withTenant(
        (tx) => tx.budgetWindow.findMany({ where: { subjectId: caller.tenantId, period: 'day' } }),
        caller.tenantId,
      );
    const sum = (field: 'spentMicroUsd' | 'heldMicroUsd') =>
      days.reduce((total, day) => total + Number(day[field]), 0);
    return { spent: sum('spentMicroUsd'), held: sum('heldMicroUsd') };
  }
});
