import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AiBrainDb } from '../aibrain.db.js';
import { answer, refuse, THOUGHT } from '../orchestration/llm-orch.fake.js';
import { ASKED, SPOKEN, VOICE, VoiceScene } from './voice-scene.fake.js';

const TENANT = '00000000-0000-0000-0000-000000000001';
const ASSET_ID = '0190b6a0-0000-7000-8000-0000000000ff';

describe('POST /voice/orchestrate', () => {
  let scene: VoiceScene;

  beforeAll(async () => {
    scene = await VoiceScene.set();
  });
  beforeEach(() => scene.reset());
  afterAll(async () => expect(await scene.strike()).toEqual([]));

  it('200: one hold over three children, each within what is left for it; charged by what was done', async () => {
    const { status, body } = await scene.ask(SPOKEN);
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
    const hold = await scene.settled();
    expect(hold).toMatchObject({ state: 'captured', captured: 30, operation: 'voice.orchestrate' });
    const parent = { 'x-parent-operation': hold?.referenceId, 'x-parent-hold': hold?.id };
    const [heard, thought, spoken] = [
      scene.studio.calls('/audio/transcribe')[0],
      scene.brain.thoughts[0],
      scene.studio.calls('/audio/tts')[0],
    ];
    expect(heard?.headers).toMatchObject({ ...parent, 'x-parent-max-micro-usd': '100' });
    // Twice the bounds of 600 together, less what was heard for 100 and what is kept for two attempts to speak.
    expect(thought?.headers).toMatchObject({ ...parent, 'x-parent-max-micro-usd': '500' });
    expect(spoken?.headers).toMatchObject({ ...parent, 'x-parent-max-micro-usd': '300' });
    expect(spoken?.body).toEqual({ text: 'A plan.', language: 'en-US' });
    expect(JSON.stringify(thought?.body)).toContain('plan a picnic for twelve');
    expect(JSON.stringify(thought?.body)).toContain('the tag en-US');
    expect(await stepsLeft()).toBe(0);
  });

  it('is found in the history and in its conversation, which the next turn goes on with', async () => {
    const { data } = (await scene.ask(SPOKEN)).body;
    const user = await scene.app.as();
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
    scene.studio.heard = { ...scene.studio.heard, text: 'and for twenty' };
    const next = (await scene.ask({ ...ASKED, conversationId: data.conversationId })).body.data;
    expect(next.conversationId).toBe(data.conversationId);
    expect(JSON.stringify(scene.brain.thoughts.at(-1)?.body['messages'])).toContain(
      'plan a picnic for twelve',
    );
    expect((await scene.ask({ ...ASKED, conversationId: ASSET_ID })).body.error.code).toBe('AIBRAIN_1200');
  });

  it('tells the world as of any request', async () => {
    const { id } = (await scene.ask(ASKED)).body.data;
    const events = await scene.app.service.app.get(AiBrainDb).withTenant(
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

  it('an asset is asked for with the user’s own token', async () => {
    expect((await scene.ask({ assetId: ASSET_ID })).status).toBe(200);
    const [call] = scene.studio.calls('/audio/recordings');
    expect(call?.body).toEqual({ assetId: ASSET_ID });
    expect(call?.headers.authorization).toMatch(/^Bearer ey/);
  });

  it('a form with the same bytes under one key is one turn; other bytes are refused', async () => {
    const user = await scene.app.as();
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
    expect(scene.studio.calls('/audio/recordings').map(({ body }) => body)).toEqual([{ file: 'sound' }]);
    expect([scene.studio.calls('/audio/transcribe').length, scene.brain.thoughts.length]).toEqual([1, 1]);
    expect((await upload('other sound')).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('a file of more than 25 MB is refused while it comes', async () => {
    const bytes = Buffer.alloc(25 * 1024 * 1024 + 1);
    const { status, body } = await (await scene.app.as()).post(VOICE).attach('file', bytes, 'long.wav');
    expect([status, body.error.code, scene.studio.seen.length]).toEqual([413, 'AIBRAIN_1302', 0]);
  });

  it('402 over the ceiling, told for the whole turn, before anything is held, heard or thought', async () => {
    const holds = scene.holds;
    const { status, body } = await scene.ask(SPOKEN, { 'x-budget-max-usd': '0.000599' });
    expect([status, body.error.code]).toEqual([402, 'BUDGET_EXCEEDED']);
    expect(body.error.details).toEqual({
      estimateUsd: 0.0006,
      ceilingUsd: 0.000599,
      maxAffordableTokens: 400,
    });
    expect(
      (await scene.ask(SPOKEN, { 'x-budget-max-usd': '0.0004' })).body.error.details.maxAffordableTokens,
    ).toBe(0);
    expect([
      scene.holds,
      scene.studio.calls('/audio/transcribe').length,
      scene.brain.thoughts.length,
    ]).toEqual([holds, 0, 0]);
    expect((await scene.ask(SPOKEN, { 'x-budget-max-usd': '0.0006' })).status).toBe(200);
  });

  it('402 when the wallet has too little, before anything is heard', async () => {
    scene.app.wallet.balance(29);
    expect((await scene.ask(SPOKEN)).body.error.code).toBe('INSUFFICIENT_CREDITS');
    expect(scene.studio.calls('/audio/transcribe')).toHaveLength(0);
    scene.app.wallet.balance(30);
    expect((await scene.ask(SPOKEN)).status).toBe(200);
  });

  it('a stage that became dearer than its bound takes nothing of what another one gives back', async () => {
    scene.brain.think = (response) =>
      answer(response, 200, { ...THOUGHT, usage: { ...THOUGHT.usage, outputTokens: 10 } });
    scene.studio.speak = (_response, _call, finish) => finish({ ...scene.studio.speech(), credits: 20 });
    expect((await scene.ask(SPOKEN)).body.data.credits).toEqual({ held: 30, charged: 25, refunded: 5 });
  });

  it('a voice model is named by its id', async () => {
    await scene.ask({ ...SPOKEN, voice: ASSET_ID });
    expect(scene.studio.calls('/audio/tts')[0]?.body).toEqual({ text: 'A plan.', voiceModelId: ASSET_ID });
  });

  it('the same key after a fault of the brain: the recording is neither fetched nor heard again', async () => {
    const headers = { 'idempotency-key': 'after a fault' };
    scene.brain.think = (response) => refuse(response, 502, 'LLM_1002');
    expect((await scene.ask(SPOKEN, headers)).status).toBe(502);
    scene.brain.think = (response) => answer(response, 200, THOUGHT);
    expect((await scene.ask(SPOKEN, headers)).status).toBe(200);
    for (const path of ['/audio/recordings', '/audio/transcribe']) {
      const keys = scene.studio.calls(path).map((call) => call.headers['idempotency-key']);
      expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    }
    expect(await scene.settled()).toMatchObject({ state: 'captured', captured: 30 });
  });

  it('words hardly understood are shown, and the transcription alone is charged; or it goes on', async () => {
    scene.studio.heard = { ...scene.studio.heard, confidence: 0.3 };
    const { body } = await scene.ask(SPOKEN);
    expect(body.data).toMatchObject({
      needsConfirmation: true,
      answer: '“plan a picnic for twelve”?',
      modelsUsed: [],
      credits: { held: 30, charged: 10, refunded: 20 },
      costUsd: 0.0001,
    });
    expect([scene.brain.thoughts.length, scene.studio.calls('/audio/tts').length]).toEqual([0, 0]);
    expect(await scene.settled()).toMatchObject({ captured: 10 });
    const gone = await scene.ask({ ...SPOKEN, onLowConfidence: 'continue' });
    expect(gone.body.data).toMatchObject({ answer: 'A plan.', credits: { charged: 30 } });
    expect(gone.body.data.needsConfirmation).toBeUndefined();
  });

  it('422 when nothing was said, and nothing is charged', async () => {
    scene.studio.heard = { text: '', language: 'en-US', confidence: 0 };
    expect((await scene.ask(SPOKEN)).body.error.code).toBe('AIBRAIN_1307');
    expect(await scene.settled()).toMatchObject({ state: 'released' });
  });

  it('the answer is asked for, and spoken, in the language that was heard', async () => {
    scene.studio.heard = { text: 'planen sie ein picknick', language: 'de-DE', confidence: 0.9 };
    const { languageHint: _none, ...undetermined } = SPOKEN;
    expect((await scene.ask(undetermined)).body.data.transcript.language).toBe('de-DE');
    expect(JSON.stringify(scene.brain.thoughts[0]?.body)).toContain('the tag de-DE');
    expect(scene.studio.calls('/audio/tts')[0]?.body).toMatchObject({ language: 'de-DE' });
    expect(scene.studio.calls('/audio/transcribe')[0]?.body).not.toHaveProperty('languageHint');
  });

  it('whoever leaves ends the step that runs, and pays nothing', async () => {
    const stages: (() => void)[] = [];
    const reached = () => new Promise<void>((done) => stages.push(done));
    const wait = () => void stages.shift()?.();
    for (const at of ['stt', 'brain', 'tts'] as const) {
      scene.studio.reset();
      scene.brain.think = at === 'brain' ? wait : (response) => answer(response, 200, THOUGHT);
      if (at === 'stt') scene.studio.transcribe = wait;
      if (at === 'tts') scene.studio.speak = wait;
      const before = scene.studio.aborted + scene.brain.aborted;
      const here = reached();
      const end = new AbortController();
      const left = fetch(scene.app.url + VOICE, {
        method: 'POST',
        signal: end.signal,
        headers: { authorization: await scene.app.tokens.bearer(), 'content-type': 'application/json' },
        body: JSON.stringify(SPOKEN),
      }).catch((error: unknown) => error);
      await here;
      end.abort();
      expect(await left).toMatchObject({ name: 'AbortError' });
      while (scene.app.wallet.holds.at(-1)?.state !== 'released') await new Promise(setImmediate);
      expect([at, scene.studio.aborted + scene.brain.aborted]).toEqual([at, before + 1]);
    }
  });

  it('a spoken answer whose outcome got lost is spoken when the request comes again', async () => {
    const headers = { 'idempotency-key': 'lost speech', 'content-type': 'application/json' };
    const asked = Promise.withResolvers<void>();
    scene.studio.speak = () => asked.resolve();
    const end = new AbortController();
    const authorization = await scene.app.tokens.bearer();
    const request = { method: 'POST', signal: end.signal, body: JSON.stringify(SPOKEN) };
    const left = fetch(scene.app.url + VOICE, { ...request, headers: { ...headers, authorization } }).catch(
      (error: unknown) => error,
    );
    await asked.promise;
    end.abort();
    expect(await left).toMatchObject({ name: 'AbortError' });
    while (scene.app.wallet.holds.at(-1)?.state !== 'released') await new Promise(setImmediate);
    scene.studio.speak = undefined;
    const { data } = (await scene.ask(SPOKEN, headers)).body;
    expect(data).toMatchObject({ credits: { charged: 30 }, audio: { text: 'A plan.' } });
  });

  it('the estimate is exactly the hold, and lists the three stages', async () => {
    const user = await scene.app.as();
    const estimate = async (request: object) =>
      (await user.post('/aibrain/v1/estimates').send({ operation: 'voice.orchestrate', request })).body.data;
    expect(await estimate({ ...SPOKEN, durationSeconds: 5 })).toMatchObject({
      credits: 30,
      maxCostUsd: 0.0006,
      sufficient: true,
      lines: [{ credits: 10 }, { credits: 10 }, { credits: 10 }],
    });
    expect((await estimate({ ...ASKED, mode: 'zar', durationSeconds: 5 })).credits).toBe(70);
    const { conversationId } = (await scene.ask(SPOKEN)).body.data;
    expect(scene.app.wallet.holds.at(-1)?.amount).toBe(30);
    scene.brain.boundOf = (body) => JSON.stringify(body['messages']).length;
    const next = { ...SPOKEN, conversationId };
    const { maxCostUsd } = await estimate({ ...next, durationSeconds: 5 });
    const tooLow = { 'x-budget-max-usd': (maxCostUsd - 0.000001).toFixed(6) };
    expect((await scene.ask(next, tooLow)).body.error.details.estimateUsd).toBe(maxCostUsd);
    expect((await scene.ask(next, { 'x-budget-max-usd': maxCostUsd.toFixed(6) })).status).toBe(200);
  });

  async function stepsLeft(): Promise<number> {
    return scene.app.service.app.get(AiBrainDb).withTenant((tx) => tx.voiceStep.count(), TENANT);
  }
});
