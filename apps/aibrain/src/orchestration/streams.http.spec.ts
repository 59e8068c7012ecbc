import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService, TEST_TENANT } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { SettlementSweep } from '@eventzr/wallet-client';
import { AiBrainDb } from '../aibrain.db.js';
import { aibrain } from '../aibrain.service-definition.js';
import { JUDGE, MEMBERS, seat, WRITER } from '../zar/panel.fake.js';
import type { HeardEvent } from './event-stream.fake.js';
import { eventsIn } from './event-stream.fake.js';
import { FakeLlmOrch, play, refuse, THOUGHT } from './llm-orch.fake.js';

const WISH = { prompt: 'Plan a picnic for 12', maxTokens: 500, stream: true };
const PLAN = 'A picnic for 12.\nBring 3 blankets.\nMeet at the lake.';
const VERDICT = JSON.stringify({ ranking: ['X'] });

describe('POST /orchestrate as a stream', () => {
  let brain: FakeLlmOrch;
  let app: TestService;
  let bearer: string;

  beforeAll(async () => {
    brain = await FakeLlmOrch.start();
    app = await startService(aibrain, {
      environment: {
        LLM_ORCH_INTERNAL_URL: brain.url,
        ORCHESTRATION_TIMEOUT_MS: '3000',
        ZAR_MEMBERS: MEMBERS.join(','),
        ZAR_JUDGE: JUDGE,
        ZAR_WRITER: WRITER,
        STREAM_CHUNK_EVENTS: 'on',
      },
    });
    bearer = await app.tokens.bearer({ planTier: 'pro' });
  });
  beforeEach(() => {
    brain.seen.length = 0;
    brain.aborted = 0;
    app.wallet.balance(10_000);
  });
  afterAll(async () => {
    await app.close();
    await brain.stop();
    expect(brain.faults).toEqual([]);
  });

  it('single: the words as they come, then the whole answer, paid before it is sent', async () => {
    brain.think = (response) => play(response, ['A ', 'plan.'], { event: 'done', data: THOUGHT });
    const events = await all(await post(WISH));
    expect(events.map(({ event }) => event)).toEqual(['delta', 'delta', 'done']);
    expect(events[1]?.data).toEqual({ text: 'plan.' });
    expect(events[2]?.data).toMatchObject({ answer: 'A plan.', credits: { held: 10, charged: 10 } });
    await settle();
    expect(app.wallet.holds.at(-1)).toMatchObject({ state: 'captured', captured: 10 });
    const chunks = await app.service.app.get(AiBrainDb).withTenant(
      (tx) => tx.$queryRaw<{ text: string }[]>`
        SELECT data ->> 'text' AS text FROM platform.outbox_events
         WHERE type = 'eventzr.aibrain.streaming.chunk.v1' ORDER BY sequence`,
      TEST_TENANT,
    );
    expect(chunks.map(({ text }) => text)).toEqual(['A ', 'plan.']);
  });

  it('single: a fault before the first word is an answer with a status, and nothing is charged', async () => {
    brain.think = (response) => refuse(response, 502, 'LLM_1002');
    const response = await post(WISH);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ error: { code: 'AIBRAIN_1002' } });
    await settle();
    expect(app.wallet.holds.at(-1)).toMatchObject({ state: 'released' });
  });

  it('single: a stream that breaks ends with an error event, and nothing is charged', async () => {
    const fault = { code: 'LLM_1002', name: 'X', http: 502, message: 'x', details: null };
    brain.think = (response) => play(response, ['A '], { event: 'error', data: fault });
    const events = await all(await post(WISH));
    expect(events.map(({ event }) => event)).toEqual(['delta', 'error']);
    expect(JSON.stringify(events[1]?.data)).toContain('AIBRAIN_1002');
    await settle();
    expect(app.wallet.holds.at(-1)).toMatchObject({ state: 'released' });
  });

  it('single: who leaves ends the call upstream, and pays for what was produced', async () => {
    brain.think = (response) => play(response, ['A picnic ', 'for '.repeat(300)]);
    const leave = new AbortController();
    const response = await post(WISH, leave.signal);
    await response.body?.getReader().read();
    leave.abort();
    await until(() => brain.aborted === 1);
    await until(async () => {
      await settle();
      return app.wallet.holds.at(-1)?.state === 'captured';
    });
    expect([5, 10]).toContain(app.wallet.holds.at(-1)?.captured);
    const { body } = await agent().get('/aibrain/v1/requests?limit=1');
    const [record] = body.data;
    expect(record.answer).toMatch(/^A picnic /);
    expect(record.modelsUsed).toEqual([THOUGHT.model]);
    const { inputTokens, outputTokens, ...usage } = record.usage;
    expect([inputTokens > 0, outputTokens]).toEqual([true, Math.ceil(record.answer.length / 4)]);
    expect(usage).toEqual({ totalTokens: inputTokens + outputTokens, estimated: true });
    expect(record.limits[0]).toContain('tokens are estimated');
  });

  it('zar: members, consensus, the checked answer, done', async () => {
    seat(brain, { members: [PLAN, PLAN.replace('lake', 'river'), PLAN], judge: VERDICT, writer: PLAN });
    const events = await all(await post({ ...WISH, mode: 'zar' }));
    const names = events.map(({ event }) => event);
    expect(names.filter((name) => name === 'member.started')).toHaveLength(3);
    expect(names.filter((name) => name === 'member.finished')).toHaveLength(3);
    expect(names.slice(6)).toEqual(['consensus', 'delta', 'delta', 'delta', 'done']);
    const text = events
      .flatMap(({ event, data }) => (event === 'delta' ? [String(data['text'])] : []))
      .join('');
    expect(text).toBe(PLAN);
    expect(events.at(-1)?.data).toMatchObject({ answer: PLAN, credits: { charged: 60 } });
  });

  it('zar: the same key replays the events of the answer, asks nobody and charges once', async () => {
    seat(brain, { members: [PLAN, PLAN, PLAN], judge: VERDICT, writer: PLAN });
    const holds = app.wallet.holds.length;
    const send = () => post({ ...WISH, mode: 'zar' }, undefined, 'picnic');
    const first = await all(await send());
    const asked = brain.thoughts.length;
    const again = await all(await send());
    expect(again.map(({ event }) => event)).toEqual(['consensus', 'delta', 'delta', 'delta', 'done']);
    expect(again.at(-1)).toEqual(first.at(-1));
    expect([brain.thoughts.length, app.wallet.holds.length]).toEqual([asked, holds + 1]);
  });

  it('zar: who leaves while members think gives all of them up, and pays nothing', async () => {
    seat(brain, { members: [null, null, null] });
    const leave = new AbortController();
    const response = await post({ ...WISH, mode: 'zar' }, leave.signal);
    await response.body?.getReader().read();
    await until(() => brain.thoughts.length === 3);
    leave.abort();
    await until(() => brain.aborted === 3);
    await until(async () => {
      await settle();
      return app.wallet.holds.at(-1)?.state === 'released';
    });
  });

  it('zar: below PRO it is an answer with a status', async () => {
    bearer = await app.tokens.bearer();
    expect((await post({ ...WISH, mode: 'zar' })).status).toBe(403);
  });

  function agent() {
    return app.request().set('authorization', bearer);
  }

  function post(body: object, signal?: AbortSignal, key?: string): Promise<Response> {
    return fetch(`${app.url}/aibrain/v1/orchestrate`, {
      method: 'POST',
      headers: {
        authorization: bearer,
        'content-type': 'application/json',
        ...(key && { 'idempotency-key': key }),
      },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
  }

  async function settle(): Promise<void> {
    await app.service.app.get(SettlementSweep, { strict: false }).run();
    expect(app.wallet.faults).toEqual([]);
  }
});

async function all(response: Response): Promise<HeardEvent[]> {
  return eventsIn(await response.text());
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await turn();
}
