import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { SettlementSweep } from '@eventzr/wallet-client';
import { llmOrch } from '../llm-orch.service-definition.js';
import { FakeOpenAiServer } from '../providers/openai-compatible/openai-server.fake.js';
import { playScenario } from '../providers/openai-compatible/openai-wire.fake.js';
import type { WireScenario } from '../providers/text-provider.conformance.js';
import { allEventsOf, eventsOf } from './event-stream.fake.js';

const COMPLETE = '/llm-orch/v1/inference/complete';
const CHAT = '/llm-orch/v1/inference/chat';
const KEY = 'sk-test-0123456789';
const PIECES = ['Come', ' and', ' see.'];
const USAGE = { inputTokens: 20, cachedTokens: 100, outputTokens: 7, reasoningTokens: 2 };
const ANSWER: WireScenario = { kind: 'answer', pieces: PIECES, usage: USAGE };
const WISH = { prompt: 'Invite people', model: 'gpt-4.1-mini', maxTokens: 500 };

const vendor = new FakeOpenAiServer(KEY);
let app: TestService;
let bearer: string;

beforeAll(async () => {
  app = await startService(llmOrch, {
    environment: {
      OPENAI_API_KEY: KEY,
      COMPLETION_CACHE: 'off',
      OPENAI_BASE_URL: await vendor.start(),
      INFERENCE_TIMEOUT_MS: '3000',
      STREAM_IDLE_TIMEOUT_MS: '300',
    },
  });
  bearer = await app.tokens.bearer();
});
beforeEach(async () => {
  app.wallet.balance(10_000);
  // An answer in between: what is shown here are streams, not the breaker that five failures would open.
  play(ANSWER);
  await allEventsOf(await post());
  vendor.seen.length = 0;
  vendor.aborted = 0;
});
afterAll(async () => {
  await app.close();
  await vendor.stop();
});

function play(scenario: WireScenario): void {
  vendor.behave = (response, { body }) => playScenario(response, scenario, body['stream'] === true);
}

function post(
  body: object = { ...WISH, stream: true },
  { path = COMPLETE, headers = {}, signal }: { path?: string; headers?: object; signal?: AbortSignal } = {},
): Promise<Response> {
  return fetch(app.url + path, {
    method: 'POST',
    headers: { authorization: bearer, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
}

async function settledHold() {
  await app.service.app.get(SettlementSweep, { strict: false }).run();
  return app.wallet.taken.at(-1);
}

/** Waits for what happens after the caller has gone; a test that waits in vain fails by its time limit. */
async function eventually<T>(look: () => Promise<T> | T, wanted: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await look();
    if (wanted(value)) return value;
    await delay(10);
  }
}

describe('a stream', () => {
  it('is start, deltas, usage and done, and is charged like the whole answer', async () => {
    play(ANSWER);
    const response = await post();
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const events = await allEventsOf(response);
    expect(events.map(({ event }) => event)).toEqual(['start', 'delta', 'delta', 'delta', 'usage', 'done']);
    const done = events.at(-1)?.data;
    expect(done).toMatchObject({ text: PIECES.join(''), finishReason: 'stop', credits: { charged: 5 } });
    const whole = (await (await post(WISH)).json()) as { data: Record<string, unknown> };
    for (const field of ['text', 'usage', 'costUsd', 'credits', 'finishReason', 'model']) {
      expect(done?.[field]).toEqual(whole.data[field]);
    }
    expect(await settledHold()).toMatchObject({ state: 'captured' });
  });

  it('is asked for by Accept too', async () => {
    play(ANSWER);
    const events = await allEventsOf(await post(WISH, { headers: { accept: 'text/event-stream' } }));
    expect(events.at(-1)?.event).toBe('done');
  });

  it('of a conversation brings tool calls in pieces and whole', async () => {
    const toolCalls = [{ id: 'call_1', name: 'find_venues', arguments: '{"city":"Lisbon"}' }];
    play({ kind: 'answer', pieces: [], toolCalls, usage: USAGE });
    const tools = [{ name: 'find_venues', parameters: { type: 'object', properties: {} } }];
    const messages = [{ role: 'user', content: 'Find a hall' }];
    const chat = { messages, tools, model: WISH.model, stream: true };
    const events = await allEventsOf(await post(chat, { path: CHAT }));
    expect(events.filter(({ event }) => event === 'delta').length).toBeGreaterThan(2);
    expect(events.at(-1)?.data).toMatchObject({ toolCalls, finishReason: 'tool_calls' });
    const answered = { ...chat, stream: false, messages: [
      ...messages,
      { role: 'assistant', content: '', toolCalls },
      { role: 'tool', content: '[]', toolCallId: 'call_1' },
    ] }; // prettier-ignore
    expect((await post(answered, { path: CHAT })).status).toBe(200);
    expect(vendor.seen.at(-1)?.body['messages']).toHaveLength(3);
  });

  it('fails as JSON before its first event, and nothing is charged', async () => {
    play({ kind: 'fault', fault: 'server' });
    const response = await post();
    const { error } = (await response.json()) as { error: { code: string } };
    expect([response.status, error.code]).toEqual([502, 'LLM_1002']);
    expect(await settledHold()).toMatchObject({ state: 'released' });
  });

  it.each([
    ['cut', 'provider', 'LLM_1002'],
    ['silence', 'timeout', 'LLM_1003'],
  ] as const)('that breaks by %s ends in a typed error and is not charged', async (kind, type, code) => {
    play({ kind, pieces: PIECES });
    const events = await allEventsOf(await post());
    expect(events.map(({ event }) => event)).toEqual(['start', 'delta', 'delta', 'delta', 'usage', 'error']);
    expect(events.at(-1)?.data).toMatchObject({ type, code, finishReason: 'error', credits: { charged: 0 } });
    expect(await settledHold()).toMatchObject({ state: 'released' });
    expect(vendor.seen).toHaveLength(1);
  });

  it('is stopped before the first token that was not held for, whatever the vendor sends', async () => {
    play({ kind: 'silence', pieces: Array.from({ length: 400 }, (_, index) => ` word${index}`) });
    const events = await allEventsOf(await post({ ...WISH, maxTokens: 40, stream: true }));
    const last = events.at(-1);
    expect(last).toMatchObject({ event: 'error', data: { type: 'budget', code: 'BUDGET_EXCEEDED' } });
    const usage = events.at(-2)?.data as { outputTokens: number; costUsd: number };
    expect(usage.outputTokens).toBeLessThanOrEqual(40);
    expect(usage.outputTokens).toBeGreaterThan(35);
    expect(await settledHold()).toMatchObject({ state: 'captured' });
    await eventually(
      () => vendor.aborted,
      (aborted) => aborted > 0,
    );
  });

  it('is replayed under its key in whichever form is asked for, and charged once', async () => {
    play(ANSWER);
    const headers = { 'idempotency-key': newId() };
    const holds = app.wallet.taken.length;
    const first = await allEventsOf(await post({ ...WISH, stream: true }, { headers }));
    const again = await post({ ...WISH, stream: true }, { headers });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const events = await allEventsOf(again);
    expect(events.map(({ event }) => event)).toEqual(['start', 'delta', 'usage', 'done']);
    expect(events.at(-1)).toEqual(first.at(-1));
    expect([vendor.seen.length, app.wallet.taken.length]).toEqual([1, holds + 1]);
  });
});

describe('a caller that goes away', () => {
  it.each([
    ['before the answer began', WISH],
    ['before the first token of a stream', { ...WISH, stream: true }],
  ])('%s: the vendor is hung up on within 100 ms and nothing is charged', async (_when, body) => {
    const heardAfterMs: number[] = [];
    // The quickest of five: other work on the machine may be in the way of any one.
    for (let turn = 0; turn < 5; turn += 1) {
      const leaving = new AbortController();
      vendor.aborted = 0;
      let leftMs = 0;
      vendor.behave = () => {
        leftMs = performance.now();
        leaving.abort();
      };
      await expect(post(body, { signal: leaving.signal })).rejects.toThrow('abort');
      await vendor.hungUp();
      heardAfterMs.push(performance.now() - leftMs);
    }
    expect(Math.min(...heardAfterMs)).toBeLessThan(100);
    await eventually(settledHold, (hold) => hold?.state === 'released');
  });

  it('after the first token is charged for what was produced; the answer is kept as cancelled', async () => {
    play({ kind: 'silence', pieces: PIECES });
    const headers = { 'idempotency-key': newId() };
    const leaving = new AbortController();
    const response = await post({ ...WISH, stream: true }, { headers, signal: leaving.signal });
    for await (const { event } of eventsOf(response)) if (event === 'delta') break;
    leaving.abort();
    await vendor.hungUp();
    await eventually(settledHold, (hold) => hold?.state === 'captured');
    const kept = await (
      await post({ ...WISH, stream: true }, { headers: { ...headers, accept: 'application/json' } })
    ).text();
    expect(kept).toContain('"finishReason":"cancelled"');
    expect(vendor.seen).toHaveLength(1);
  });
});
