import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { SettlementSweep } from '@eventzr/wallet-client';
import { AiBrainDb } from '../aibrain.db.js';
import { aibrain } from '../aibrain.service-definition.js';
import { answer, FakeLlmOrch, refuse, THOUGHT } from '../orchestration/llm-orch.fake.js';
import { FakeStudio } from './studio.fake.js';

const TENANT = '00000000-0000-0000-0000-000000000001';
const VOICE = '/aibrain/v1/voice/orchestrate';
const AUDIO_URL = 'https://example.com/question.m4a';
const ASKED = { audioUrl: AUDIO_URL, format: 'm4a', languageHint: 'en-US', maxTokens: 500 };
const SPOKEN = { ...ASKED, ttsResponse: true };
const ASSET_ID = '0190b6a0-0000-7000-8000-0000000000ff';

describe('POST /voice/orchestrate', () => {
  let brain: FakeLlmOrch;
  let studio: FakeStudio;
  let app: TestService;

  beforeAll(async () => {
    [brain, studio] = await Promise.all([FakeLlmOrch.start(), FakeStudio.start()]);
    const urls = { LLM_ORCH_INTERNAL_URL: brain.url, STUDIO_INTERNAL_URL: studio.url };
    app = await startService(aibrain, { environment: { ...urls, ORCHESTRATION_TIMEOUT_MS: '2000' } });
  });
  beforeEach(() => {
    studio.reset();
    brain.think = (response) => answer(response, 200, THOUGHT);
    brain.boundOf = () => 200;
    brain.seen.length = 0;
    app.wallet.balance(10_000);
  });
  afterAll(async () => {
    await app.close();
    await Promise.all([brain.stop(), studio.stop()]);
    expect([brain.faults, studio.faults]).toEqual([[], []]);
  });

  const paid = (path: string) => studio.calls(path);
  const holdCount = () => app.wallet.holds.length;

  async function ask(body: object, headers: Record<string, string> = {}) {
    return (await app.as()).post(VOICE).set(headers).send(body);
  }

  async function settled() {
    await app.service.app.get(SettlementSweep, { strict: false }).run();
    expect(app.wallet.faults).toEqual([]);
    return app.wallet.holds.at(-1);
  }

  it('200: one hold over three children, each within what is left for it; charged by what was done', async () => {
    const { status, body } = await ask(SPOKEN);
    expect([status, body.error]).toEqual([200, null]);
    expect(body.data).toMatchObject({
      mode: 'single',
      answer: 'A plan.',
      transcript: { text: 'plan a picnic for twelve', language: 'en-US', confidence: 0.9, durationMs: 5_000 },
      audio: { format: 'mp3', durationMs: 7_000, text: 'A plan.', shortened: false },
      stages: { audioMs: 0, sttMs: 0, brainMs: 0, ttsMs: 0 },
      costUsd: 0.00046,
      credits: { held: 30, charged: 30, refunded: 0 },
      limits: ['a fake ear', ...THOUGHT.limits],
    });
    expect(body.data.noAudio ?? body.data.needsConfirmation).toBeUndefined();
    const hold = await settled();
    expect(hold).toMatchObject({ state: 'captured', captured: 30, operation: 'voice.orchestrate' });
    const parent = { 'x-parent-operation': hold?.referenceId, 'x-parent-hold': hold?.id };
    const [heard, thought, spoken] = [paid('/audio/transcribe')[0], brain.thoughts[0], paid('/audio/tts')[0]];
    expect(heard?.headers).toMatchObject({ ...parent, 'x-parent-max-micro-usd': '100' });
    // Twice the bounds of 600 together, less what was heard for 100 and what is kept for the voice.
    expect(thought?.headers).toMatchObject({ ...parent, 'x-parent-max-micro-usd': '800' });
    expect(spoken?.headers).toMatchObject({ ...parent, 'x-parent-max-micro-usd': '300' });
    expect(spoken?.body).toEqual({ text: 'A plan.', language: 'en-US' });
    expect(JSON.stringify(thought?.body)).toContain('plan a picnic for twelve');
    expect(JSON.stringify(thought?.body)).toContain('the tag en-US');
    expect(await stepsLeft()).toBe(0);
  });

  it('is found in the history and in its conversation, which the next turn goes on with', async () => {
    const { data } = (await ask(SPOKEN)).body;
    const user = await app.as();
    const kept = (await user.get(`/aibrain/v1/requests/${data.id}`)).body.data;
    const { url: _link, ...audio } = data.audio;
    expect(kept).toMatchObject({
      mode: 'voice',
      prompt: 'plan a picnic for twelve',
      credits: { charged: 30 },
      costUsd: 0.00046,
      voice: { brainMode: 'single', transcript: data.transcript, stages: data.stages, audio },
    });
    expect(JSON.stringify(kept)).not.toContain('/sound');
    studio.heard = { ...studio.heard, text: 'and for twenty' };
    const next = (await ask({ ...ASKED, conversationId: data.conversationId })).body.data;
    expect(next.conversationId).toBe(data.conversationId);
    expect(JSON.stringify(brain.thoughts.at(-1)?.body['messages'])).toContain('plan a picnic for twelve');
    expect((await ask({ ...ASKED, conversationId: ASSET_ID })).body.error.code).toBe('AIBRAIN_1200');
  });

  it('tells the world as of any request', async () => {
    const { id } = (await ask(ASKED)).body.data;
    const events = await app.service.app.get(AiBrainDb).withTenant(
      (tx) => tx.$queryRaw<{ type: string; data: Record<string, unknown> }[]>`
        SELECT type, data FROM platform.outbox_events WHERE aggregate_id = ${id} ORDER BY type`,
      TENANT,
    );
    expect(events.map(({ type }) => type)).toEqual([
      'eventzr.aibrain.request.initiated.v1',
      'eventzr.aibrain.response.generated.v1',
    ]);
    expect(events[1]?.data).toMatchObject({ mode: 'voice', costCredits: 20, costUsd: 0.00016 });
  });

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
    const holds = holdCount();
    const refused = await ask(body);
    expect([refused.status, refused.body.error.code]).toEqual([http, code]);
    expect([holdCount(), studio.seen.length, brain.seen.length]).toEqual([holds, 0, 0]);
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
    const holds = holdCount();
    studio.recordings = (response) => refuse(response, http, code, details);
    const refused = await ask(ASKED);
    expect([refused.status, refused.body.error.code]).toEqual([status, expected]);
    expect([holdCount(), brain.seen.length]).toEqual([holds, 0]);
  });

  it('an asset is asked for with the user’s own token', async () => {
    expect((await ask({ assetId: ASSET_ID })).status).toBe(200);
    const [call] = studio.calls('/audio/recordings');
    expect(call?.body).toEqual({ assetId: ASSET_ID });
    expect(call?.headers.authorization).toMatch(/^Bearer ey/);
  });

  it('a form with the same bytes under one key is one turn; other bytes are refused', async () => {
    const user = await app.as();
    const upload = (bytes: string) =>
      user
        .post(VOICE)
        .set('idempotency-key', 'spoken once')
        .field('ttsResponse', 'true')
        .field('maxTokens', '500')
        .attach('file', Buffer.from(bytes), 'question.m4a');
    const [first, again] = [await upload('sound'), await upload('sound')];
    expect([first.status, again.text, again.headers['idempotency-replayed']]).toEqual([
      200,
      first.text,
      'true',
    ]);
    expect(first.body.data).toMatchObject({ credits: { held: 30, charged: 30 }, audio: { text: 'A plan.' } });
    expect(studio.calls('/audio/recordings').map(({ body }) => body)).toEqual([{ file: 'sound' }]);
    expect([paid('/audio/transcribe').length, brain.thoughts.length]).toEqual([1, 1]);
    expect((await upload('other sound')).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('a file of more than 25 MB is refused while it comes', async () => {
    const bytes = Buffer.alloc(25 * 1024 * 1024 + 1);
    const { status, body } = await (await app.as()).post(VOICE).attach('file', bytes, 'long.wav');
    expect([status, body.error.code, studio.seen.length]).toEqual([413, 'AIBRAIN_1302', 0]);
  });

  it('402 over the ceiling, told for the whole turn, before anything is held, heard or thought', async () => {
    const holds = holdCount();
    const { status, body } = await ask(SPOKEN, { 'x-budget-max-usd': '0.000599' });
    expect([status, body.error.code]).toEqual([402, 'BUDGET_EXCEEDED']);
    expect(body.error.details).toEqual({
      estimateUsd: 0.0006,
      ceilingUsd: 0.000599,
      maxAffordableTokens: 400,
    });
    expect((await ask(SPOKEN, { 'x-budget-max-usd': '0.0004' })).body.error.details.maxAffordableTokens).toBe(
      0,
    );
    expect([holdCount(), paid('/audio/transcribe').length, brain.thoughts.length]).toEqual([holds, 0, 0]);
    expect((await ask(SPOKEN, { 'x-budget-max-usd': '0.0006' })).status).toBe(200);
  });

  it('402 when the wallet has too little, before anything is heard', async () => {
    app.wallet.balance(29);
    expect((await ask(SPOKEN)).body.error.code).toBe('INSUFFICIENT_CREDITS');
    expect(paid('/audio/transcribe')).toHaveLength(0);
    app.wallet.balance(30);
    expect((await ask(SPOKEN)).status).toBe(200);
  });

  it.each<[string, unknown, number, number]>([
    ['the vendor failed', 'STUDIO_1202', 502, 300],
    ['it was too slow', 'STUDIO_1207', 504, 300],
    ['no provider', 'PROVIDER_NOT_CONFIGURED', 503, 0],
    ['no voice of the language', 'STUDIO_1201', 400, 0],
  ])('speech down (%s): 200 with the text, a named reason, and no charge for speech', async (_what, code, http, microUsd) => {
    studio.speak = (response) => refuse(response, http, String(code), null, { 'retry-after': '1' });
    const { status, body } = await ask(SPOKEN);
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
    expect(await settled()).toMatchObject({ state: 'captured', captured: 20 });
  }); // prettier-ignore

  it('a language that nobody here speaks is known before: its speech is not held for', async () => {
    studio.estimate = (response, { body }) =>
      body['operation'] === 'audio.tts'
        ? refuse(response, 400, 'STUDIO_1201')
        : answer(response, 200, { credits: 10, maxCostUsd: 0.0001, maxCostMicroUsd: 100, provider: 'fake' });
    const { body } = await ask({ ...SPOKEN, languageHint: 'cy' });
    expect(body.data).toMatchObject({
      noAudio: { reason: 'no_voice_for_language' },
      credits: { held: 20, charged: 20 },
    });
    expect(paid('/audio/tts')).toHaveLength(0);
  });

  it('400 for a voice that does not exist, before anything is held', async () => {
    const holds = holdCount();
    studio.estimate = (response, { body }) =>
      body['operation'] === 'audio.tts'
        ? refuse(response, 400, 'STUDIO_1204')
        : answer(response, 200, { credits: 10, maxCostUsd: 0.0001, maxCostMicroUsd: 100, provider: 'fake' });
    expect((await ask({ ...SPOKEN, voice: 'nobody' })).body.error.code).toBe('AIBRAIN_1310');
    expect(holdCount()).toBe(holds);
  });

  it('a voice model is named by its id', async () => {
    await ask({ ...SPOKEN, voice: ASSET_ID });
    expect(paid('/audio/tts')[0]?.body).toEqual({ text: 'A plan.', voiceModelId: ASSET_ID });
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
    studio.transcribe = behave;
    const { status, body } = await ask(SPOKEN);
    expect([status, body.error.code, brain.thoughts.length]).toEqual([http, code, 0]);
    expect(await settled()).toMatchObject({ state: 'released' });
  });

  it.each([
    [502, 'LLM_1002', 502, 'AIBRAIN_1002'],
    [504, 'LLM_1003', 504, 'AIBRAIN_1003'],
  ])(
    'the brain down (%i): nothing is charged, and what was heard is told',
    async (http, code, status, expected) => {
      brain.think = (response) => refuse(response, http, code);
      const failed = await ask(SPOKEN);
      expect([failed.status, failed.body.error.code]).toEqual([status, expected]);
      expect(failed.body.error.details).toMatchObject({ transcript: { text: 'plan a picnic for twelve' } });
      expect(await settled()).toMatchObject({ state: 'released' });
    },
  );

  it('the same key after a fault of the brain: the recording is neither fetched nor heard again', async () => {
    const headers = { 'idempotency-key': 'after a fault' };
    brain.think = (response) => refuse(response, 502, 'LLM_1002');
    expect((await ask(SPOKEN, headers)).status).toBe(502);
    brain.think = (response) => answer(response, 200, THOUGHT);
    expect((await ask(SPOKEN, headers)).status).toBe(200);
    for (const path of ['/audio/recordings', '/audio/transcribe']) {
      const keys = paid(path).map((call) => call.headers['idempotency-key']);
      expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    }
    expect(await settled()).toMatchObject({ state: 'captured', captured: 30 });
  });

  it('words hardly understood are shown, and the transcription alone is charged; or it goes on', async () => {
    studio.heard = { ...studio.heard, confidence: 0.3 };
    const { body } = await ask(SPOKEN);
    expect(body.data).toMatchObject({
      needsConfirmation: true,
      answer: '“plan a picnic for twelve”?',
      modelsUsed: [],
      credits: { held: 30, charged: 10, refunded: 20 },
      costUsd: 0.0001,
    });
    expect([brain.thoughts.length, paid('/audio/tts').length]).toEqual([0, 0]);
    expect(await settled()).toMatchObject({ captured: 10 });
    const gone = await ask({ ...SPOKEN, onLowConfidence: 'continue' });
    expect(gone.body.data).toMatchObject({ answer: 'A plan.', credits: { charged: 30 } });
    expect(gone.body.data.needsConfirmation).toBeUndefined();
  });

  it('422 when nothing was said, and nothing is charged', async () => {
    studio.heard = { text: '', language: 'en-US', confidence: 0 };
    expect((await ask(SPOKEN)).body.error.code).toBe('AIBRAIN_1307');
    expect(await settled()).toMatchObject({ state: 'released' });
  });

  it('the answer is asked for, and spoken, in the language that was heard', async () => {
    studio.heard = { text: 'planen sie ein picknick', language: 'de-DE', confidence: 0.9 };
    const { languageHint: _none, ...undetermined } = SPOKEN;
    expect((await ask(undetermined)).body.data.transcript.language).toBe('de-DE');
    expect(JSON.stringify(brain.thoughts[0]?.body)).toContain('the tag de-DE');
    expect(paid('/audio/tts')[0]?.body).toMatchObject({ language: 'de-DE' });
    expect(paid('/audio/transcribe')[0]?.body).not.toHaveProperty('languageHint');
  });

  it('whoever leaves ends the step that runs, and pays nothing', async () => {
    const stages: (() => void)[] = [];
    const reached = () => new Promise<void>((done) => stages.push(done));
    const wait = () => void stages.shift()?.();
    for (const at of ['stt', 'brain', 'tts'] as const) {
      studio.reset();
      brain.think = at === 'brain' ? wait : (response) => answer(response, 200, THOUGHT);
      if (at === 'stt') studio.transcribe = wait;
      if (at === 'tts') studio.speak = wait;
      const before = studio.aborted + brain.aborted;
      const here = reached();
      const end = new AbortController();
      const left = fetch(app.url + VOICE, {
        method: 'POST',
        signal: end.signal,
        headers: { authorization: await app.tokens.bearer(), 'content-type': 'application/json' },
        body: JSON.stringify(SPOKEN),
      }).catch((error: unknown) => error);
      await here;
      end.abort();
      expect(await left).toMatchObject({ name: 'AbortError' });
      while (app.wallet.holds.at(-1)?.state !== 'released') await new Promise(setImmediate);
      expect([at, studio.aborted + brain.aborted]).toEqual([at, before + 1]);
    }
  });

  it('the estimate is exactly the hold, and lists the three stages', async () => {
    const user = await app.as();
    const estimate = async (request: object) =>
      (await user.post('/aibrain/v1/estimates').send({ operation: 'voice.orchestrate', request })).body.data;
    expect(await estimate({ ...SPOKEN, durationSeconds: 5 })).toMatchObject({
      credits: 30,
      maxCostUsd: 0.0006,
      sufficient: true,
      lines: [{ credits: 10 }, { credits: 10 }, { credits: 10 }],
    });
    expect((await estimate({ ...ASKED, mode: 'zar', durationSeconds: 5 })).credits).toBe(70);
    await ask(SPOKEN);
    expect(app.wallet.holds.at(-1)?.amount).toBe(30);
  });

  async function stepsLeft(): Promise<number> {
    return app.service.app.get(AiBrainDb).withTenant((tx) => tx.voiceStep.count(), TENANT);
  }
});
