import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answer, refuse } from '../orchestration/llm-orch.fake.js';
import { ASKED, SPOKEN, VoiceScene } from './voice-scene.fake.js';

const ASSET_ID = '0190b6a0-0000-7000-8000-0000000000ff';

describe('POST /voice/orchestrate when something is wrong', () => {
  let scene: VoiceScene;

  beforeAll(async () => {
    scene = await VoiceScene.set();
  });
  beforeEach(() => scene.reset());
  afterAll(async () => expect(await scene.strike()).toEqual([]));

  it.each([
    ['no recording', {}, 400, 'AIBRAIN_1300'],
    ['two recordings', { ...ASKED, assetId: ASSET_ID }, 400, 'AIBRAIN_1300'],
    ['an address that is none', { audioUrl: 7 }, 400, 'AIBRAIN_1300'],
    ['an unknown format', { ...ASKED, format: 'xls' }, 415, 'AIBRAIN_1301'],
    ['a hint that is no language', { ...ASKED, languageHint: 'klingon!' }, 400, 'AIBRAIN_1309'],
    ['an unknown mode', { ...ASKED, mode: 'choir' }, 400, 'AIBRAIN_1001'],
    ['an unknown field', { ...ASKED, loud: true }, 400, 'VALIDATION_FAILED'],
    ['zar without the tier', { ...ASKED, mode: 'zar' }, 403, 'AIBRAIN_1101'],
  ])('%s is refused before anything is asked', async (_what, body, http, code) => {
    const holds = scene.holds;
    const refused = await scene.ask(body);
    expect([refused.status, refused.body.error.code]).toEqual([http, code]);
    expect([scene.holds, scene.studio.seen.length, scene.brain.seen.length]).toEqual([holds, 0, 0]);
  });

  it.each<[string, number, string, unknown, number, string]>([
    ['an address on the inside', 422, 'STUDIO_1702', { reason: 'forbidden-address' }, 422, 'AIBRAIN_1305'],
    ['an address of http', 400, 'STUDIO_1700', { reason: 'invalid-url' }, 400, 'AIBRAIN_1300'],
    ['a file that is no sound', 415, 'STUDIO_1703', { found: null }, 415, 'AIBRAIN_1301'],
    ['a damaged file', 400, 'STUDIO_1700', { reason: 'the recording is damaged' }, 422, 'AIBRAIN_1306'],
    ['more than 25 MB', 413, 'STUDIO_1701', { maxBytes: 26_214_400 }, 413, 'AIBRAIN_1302'],
    ['more than 10 minutes', 413, 'STUDIO_1701', { durationMs: 1, maxDurationMs: 1 }, 413, 'AIBRAIN_1303'],
    ['an asset of nobody', 404, 'STUDIO_2000', null, 404, 'AIBRAIN_1304'],
  ])('%s: nothing is held', async (_what, http, code, details, status, expected) => {
    const holds = scene.holds;
    scene.studio.recordings = (response) => refuse(response, http, code, details);
    const refused = await scene.ask(ASKED);
    expect([refused.status, refused.body.error.code]).toEqual([status, expected]);
    expect([scene.holds, scene.brain.seen.length]).toEqual([holds, 0]);
  });

  it.each<[string, unknown, number, number]>([
    ['the vendor failed', 'STUDIO_1202', 502, 300],
    ['it was too slow', 'STUDIO_1207', 504, 300],
    ['no provider', 'PROVIDER_NOT_CONFIGURED', 503, 0],
    ['no voice of the language', 'STUDIO_1201', 400, 0],
  ])('speech down (%s): 200 with the text, a named reason, and no charge for speech', async (_what, code, http, microUsd) => {
    scene.studio.speak = (response) => refuse(response, http, String(code), null, { 'retry-after': '1' });
    const { status, body } = await scene.ask(SPOKEN);
    const reasons: Record<string, string> = {
      STUDIO_1202: 'speech_failed',
      STUDIO_1207: 'speech_timeout',
      PROVIDER_NOT_CONFIGURED: 'speech_unavailable',
      STUDIO_1201: 'no_voice_for_language',
    };
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      answer: 'A plan.',
      noAudio: { reason: reasons[String(code)], message: expect.any(String) },
      credits: { held: 30, charged: 20, refunded: 10 },
      costUsd: (160 + microUsd) / 1_000_000,
    });
    expect(body.data.audio).toBeUndefined();
    expect(await scene.settled()).toMatchObject({ state: 'captured', captured: 20 });
  }); // prettier-ignore

  it('a language that nobody here speaks is known before: its speech is not held for', async () => {
    scene.studio.estimate = (response, { body }) =>
      body['operation'] === 'audio.tts'
        ? refuse(response, 400, 'STUDIO_1201')
        : answer(response, 200, { credits: 10, maxCostUsd: 0.0001, maxCostMicroUsd: 100, provider: 'fake' });
    const { body } = await scene.ask({ ...SPOKEN, languageHint: 'cy' });
    expect(body.data).toMatchObject({
      noAudio: { reason: 'no_voice_for_language' },
      credits: { held: 20, charged: 20 },
    });
    expect(scene.studio.calls('/audio/tts')).toHaveLength(0);
  });

  it('400 for a voice that does not exist, before anything is held', async () => {
    const holds = scene.holds;
    scene.studio.estimate = (response, { body }) =>
      body['operation'] === 'audio.tts'
        ? refuse(response, 400, 'STUDIO_1204')
        : answer(response, 200, { credits: 10, maxCostUsd: 0.0001, maxCostMicroUsd: 100, provider: 'fake' });
    expect((await scene.ask({ ...SPOKEN, voice: 'nobody' })).body.error.code).toBe('AIBRAIN_1310');
    expect(scene.holds).toBe(holds);
  });

  it.each<[string, (response: ServerResponse) => void, number, string]>([
    ['the vendor failed', (r) => refuse(r, 502, 'STUDIO_1202'), 502, 'AIBRAIN_1308'],
    ['it was too slow', (r) => refuse(r, 504, 'STUDIO_1207'), 504, 'AIBRAIN_1003'],
    ['studio is down', (r) => r.destroy(), 503, 'UNAVAILABLE'],
    [
      'the recogniser is not installed',
      (r) => refuse(r, 503, 'PROVIDER_NOT_CONFIGURED', { detail: 'apt-get install' }, { 'retry-after': '1' }),
      503,
      'PROVIDER_NOT_CONFIGURED',
    ],
    ['the language is not understood', (r) => refuse(r, 400, 'STUDIO_1201'), 400, 'AIBRAIN_1309'],
  ])('hearing down (%s): nothing is charged and nobody is asked', async (_what, behave, http, code) => {
    scene.studio.transcribe = behave;
    const { status, body } = await scene.ask(SPOKEN);
    expect([status, body.error.code, scene.brain.thoughts.length]).toEqual([http, code, 0]);
    expect(await scene.settled()).toMatchObject({ state: 'released' });
  });

  it.each([
    [502, 'LLM_1002', 502, 'AIBRAIN_1002'],
    [504, 'LLM_1003', 504, 'AIBRAIN_1003'],
  ])(
    'the brain down (%i): nothing is charged, and what was heard is told',
    async (http, code, status, expected) => {
      scene.brain.think = (response) => refuse(response, http, code);
      const failed = await scene.ask(SPOKEN);
      expect([failed.status, failed.body.error.code]).toEqual([status, expected]);
      expect(failed.body.error.details).toMatchObject({ transcript: { text: 'plan a picnic for twelve' } });
      expect(await scene.settled()).toMatchObject({ state: 'released' });
    },
  );
});
