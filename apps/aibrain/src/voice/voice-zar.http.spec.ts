import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { SettlementSweep } from '@eventzr/wallet-client';
import { aibrain } from '../aibrain.service-definition.js';
import { FakeLlmOrch } from '../orchestration/llm-orch.fake.js';
import { JUDGE, MEMBERS, seat, WRITER } from '../zar/panel.fake.js';
import { FakeStudio } from './studio.fake.js';

const VOICE = '/aibrain/v1/voice/orchestrate';
const ASKED = { audioUrl: 'https://example.com/q.m4a', mode: 'zar', ttsResponse: true, maxTokens: 500 };
const PLAN = 'A picnic for 12 guests.\nBring 3 blankets.';
const STRANGERS = ['Bake bread slowly overnight.\nKnead dough.', 'Paint walls blue.\nBuy brushes.', 'Swim daily laps.\nStretch arms.'] as const; // prettier-ignore

describe('POST /voice/orchestrate in mode zar', () => {
  let brain: FakeLlmOrch;
  let studio: FakeStudio;
  let app: TestService;

  beforeAll(async () => {
    [brain, studio] = await Promise.all([FakeLlmOrch.start(), FakeStudio.start()]);
    app = await startService(aibrain, {
      environment: {
        LLM_ORCH_INTERNAL_URL: brain.url,
        STUDIO_INTERNAL_URL: studio.url,
        ZAR_MEMBERS: MEMBERS.join(','),
        ZAR_JUDGE: JUDGE,
        ZAR_WRITER: WRITER,
      },
    });
  });
  beforeEach(() => {
    studio.reset();
    brain.seen.length = 0;
    app.wallet.balance(10_000);
  });
  afterAll(async () => {
    await app.close();
    await Promise.all([brain.stop(), studio.stop()]);
    expect([brain.faults, studio.faults]).toEqual([[], []]);
  });

  async function ask(body: object, headers: Record<string, string> = {}) {
    return (await app.as({ planTier: 'professional' })).post(VOICE).set(headers).send(body);
  }

  async function settled() {
    await app.service.app.get(SettlementSweep, { strict: false }).run();
    return app.wallet.holds.at(-1);
  }

  it('one hold covers ears, three members, judge, writer and voice', async () => {
    seat(brain, { members: [PLAN, PLAN, PLAN] });
    const { status, body } = await ask(ASKED);
    expect([status, body.error]).toEqual([200, null]);
    expect(body.data).toMatchObject({
      mode: 'zar',
      consensus: { reached: true, answered: 3 },
      audio: { text: 'A picnic for 12 guests. Bring 3 blankets.' },
      credits: { held: 80, charged: 80 },
    });
    const hold = await settled();
    expect(hold).toMatchObject({ state: 'captured', captured: 80 });
    for (const { headers } of brain.thoughts) expect(headers['x-parent-hold']).toBe(hold?.id);
    const kept = await (
      await app.as({ planTier: 'professional' })
    ).get(`/aibrain/v1/requests/${body.data.id}`);
    expect(kept.body.data).toMatchObject({ mode: 'voice', voice: { brainMode: 'zar' } });
  });

  it('one member of three is charged as a single answer', async () => {
    seat(brain, { members: [PLAN, 502, 502] });
    expect((await ask(ASKED)).body.data).toMatchObject({
      degraded: true,
      credits: { held: 80, charged: 30 },
    });
  });

  it('without agreement nothing is charged, and what was heard is told; or the best is spoken', async () => {
    seat(brain, { members: [...STRANGERS] });
    const { status, body } = await ask(ASKED);
    expect([status, body.error.code]).toEqual([422, 'AIBRAIN_1100']);
    expect(body.error.details).toMatchObject({
      answered: 3,
      transcript: { text: 'plan a picnic for twelve' },
    });
    expect(await settled()).toMatchObject({ state: 'released' });
    const best = await ask({ ...ASKED, onNoConsensus: 'best' });
    expect(best.body.data).toMatchObject({ consensus: { reached: false }, credits: { charged: 80 } });
  });

  it('402 over the ceiling counts every member, judge and writer', async () => {
    seat(brain, { members: [PLAN, PLAN, PLAN] });
    const refused = await ask(ASKED, { 'x-budget-max-usd': '0.001399' });
    expect(refused.body.error.details).toMatchObject({ estimateUsd: 0.0014, ceilingUsd: 0.001399 });
    expect([brain.thoughts.length, studio.calls('/audio/transcribe').length]).toEqual([0, 0]);
    expect((await ask(ASKED, { 'x-budget-max-usd': '0.0014' })).status).toBe(200);
  });
});
