import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answer, THOUGHT } from '../orchestration/llm-orch.fake.js';
import { ASKED, SPOKEN, VoiceScene } from './voice-scene.fake.js';

type Stage = 'stt' | 'brain' | 'tts';

describe('who speaks again before the answer came', () => {
  let scene: VoiceScene;
  let conversationId: string;

  beforeAll(async () => {
    scene = await VoiceScene.set();
  });
  beforeEach(async () => {
    scene.reset();
    const begun = await (await scene.app.as()).post('/aibrain/v1/conversations').send({});
    conversationId = begun.body.data.id;
  });
  afterAll(async () => expect(await scene.strike()).toEqual([]));

  /** The first call of the stage waits until `go`. */
  function hold(stage: Stage) {
    const [reached, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let first = true;
    const pass = (finish: () => void) => {
      if (!first) return finish();
      first = false;
      reached.resolve();
      void go.promise.then(finish);
    };
    const { studio, brain } = scene;
    if (stage === 'stt')
      studio.transcribe = (_response, _call, finish) => pass(() => finish(studio.transcript()));
    if (stage === 'brain') brain.think = (response) => pass(() => answer(response, 200, THOUGHT));
    if (stage === 'tts') studio.speak = (_response, _call, finish) => pass(() => finish(studio.speech()));
    return { reached: reached.promise, go: go.resolve };
  }

  it.each<[Stage, number, number]>([
    ['stt', 1, 1],
    ['brain', 2, 1],
    ['tts', 2, 2],
  ])('the newest turn is answered; the older one ends after %s and costs nothing', async (stage, thoughts, spoken) => {
    const { reached, go } = hold(stage);
    const older = scene.ask({ ...SPOKEN, conversationId });
    await reached;
    const olderHold = scene.app.wallet.holds.at(-1);
    const newer = await scene.ask({ ...SPOKEN, conversationId });
    expect(newer.status).toBe(200);
    go();
    const { status, body } = await older;
    expect([status, body.error.code]).toEqual([409, 'AIBRAIN_1203']);
    await scene.settled();
    expect(scene.app.wallet.holds.find(({ id }) => id === olderHold?.id)?.state).toBe('released');
    expect([scene.brain.thoughts.length, scene.studio.calls('/audio/tts').length]).toEqual([thoughts, spoken]);
    const { data } = (await (await scene.app.as()).get(`/aibrain/v1/conversations/${conversationId}/turns`)).body;
    expect(data.map(({ id }: { id: string }) => id)).toEqual([newer.body.data.id]);
  }); // prettier-ignore

  it('neither other conversations nor a turn that is over are in the way', async () => {
    const { reached, go } = hold('brain');
    const one = scene.ask({ ...ASKED, conversationId });
    await reached;
    expect((await scene.ask(ASKED)).status).toBe(200);
    go();
    expect((await one).status).toBe(200);
    expect((await scene.ask({ ...ASKED, conversationId })).status).toBe(200);
  });

  it('a turn whose conversation is deleted meanwhile leaves nothing behind', async () => {
    const { reached, go } = hold('brain');
    const turn = scene.ask({ ...ASKED, conversationId });
    await reached;
    const user = await scene.app.as();
    expect((await user.delete(`/aibrain/v1/conversations/${conversationId}`)).status).toBe(200);
    go();
    expect((await turn).body.error.code).toBe('AIBRAIN_1201');
    expect(await scene.settled()).toMatchObject({ state: 'released' });
  });
});
