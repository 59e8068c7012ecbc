import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { JUDGE, MEMBERS, seat, WRITER } from '../zar/panel.fake.js';
import { SPOKEN, VoiceScene } from './voice-scene.fake.js';

const ASKED = { ...SPOKEN, mode: 'zar' };
const PRO = { planTier: 'professional' } as const;
const PLAN = 'A picnic for 12 guests.\nBring 3 blankets.';
const VERDICT = JSON.stringify({ ranking: ['X'], consensus: [], contradictions: [], insights: [] });
const AGREED = { members: [PLAN, PLAN, PLAN], judge: VERDICT, writer: PLAN } as const;
const STRANGERS = ['Bake bread slowly overnight.\nKnead dough.', 'Paint walls blue.\nBuy brushes.', 'Swim daily laps.\nStretch arms.'] as const; // prettier-ignore

describe('POST /voice/orchestrate in mode zar', () => {
  let scene: VoiceScene;

  beforeAll(async () => {
    const models = { ZAR_MEMBERS: MEMBERS.join(','), ZAR_JUDGE: JUDGE, ZAR_WRITER: WRITER };
    scene = await VoiceScene.set(models);
  });
  beforeEach(() => scene.reset());
  afterAll(async () => expect(await scene.strike()).toEqual([]));

  const ask = (body: object, headers: Record<string, string> = {}) => scene.ask(body, headers, PRO);

  it('one hold covers ears, three members, judge, writer and voice', async () => {
    seat(scene.brain, AGREED);
    const { status, body } = await ask(ASKED);
    expect([status, body.error]).toEqual([200, null]);
    expect(body.data).toMatchObject({
      mode: 'zar',
      consensus: { reached: true, answered: 3 },
      audio: { text: 'A picnic for 12 guests. Bring 3 blankets.' },
      credits: { held: 80, charged: 80 },
    });
    const hold = await scene.settled();
    expect(hold).toMatchObject({ state: 'captured', captured: 80 });
    expect(scene.brain.thoughts).toHaveLength(5);
    for (const { headers } of scene.brain.thoughts) expect(headers['x-parent-hold']).toBe(hold?.id);
    const kept = await (await scene.app.as(PRO)).get(`/aibrain/v1/requests/${body.data.id}`);
    expect(kept.body.data).toMatchObject({ mode: 'voice', voice: { brainMode: 'zar' } });
  });

  it('one member of three is charged as a single answer', async () => {
    seat(scene.brain, { members: [PLAN, 502, 502] });
    expect((await ask(ASKED)).body.data).toMatchObject({
      degraded: true,
      credits: { held: 80, charged: 30 },
    });
  });

  it('without agreement nothing is charged, and what was heard is told; or the best is spoken', async () => {
    seat(scene.brain, { members: [...STRANGERS] });
    const { status, body } = await ask(ASKED);
    expect([status, body.error.code]).toEqual([422, 'AIBRAIN_1100']);
    expect(body.error.details).toMatchObject({
      answered: 3,
      transcript: { text: 'plan a picnic for twelve' },
    });
    expect(await scene.settled()).toMatchObject({ state: 'released' });
    const best = await ask({ ...ASKED, onNoConsensus: 'best' });
    expect(best.body.data).toMatchObject({ consensus: { reached: false }, credits: { charged: 80 } });
  });

  it('402 over the ceiling counts every member, judge and writer', async () => {
    seat(scene.brain, AGREED);
    const refused = await ask(ASKED, { 'x-budget-max-usd': '0.001399' });
    expect(refused.body.error.details).toMatchObject({ estimateUsd: 0.0014, ceilingUsd: 0.001399 });
    expect([scene.brain.thoughts.length, scene.studio.calls('/audio/transcribe').length]).toEqual([0, 0]);
    expect((await ask(ASKED, { 'x-budget-max-usd': '0.0014' })).status).toBe(200);
  });
});
