import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SPOKEN, VoiceScene } from './voice-scene.fake.js';

describe('the time of a spoken turn', () => {
  let scene: VoiceScene;

  beforeAll(async () => {
    scene = await VoiceScene.set({ VOICE_TIMEOUT_MS: '1000' });
  });
  beforeEach(() => scene.reset());
  afterAll(async () => expect(await scene.strike()).toEqual([]));

  it.each(['stt', 'brain'] as const)('504 when %s never ends; it is given up, and nothing is charged', async (stage) => {
    if (stage === 'stt') scene.studio.transcribe = () => undefined;
    else scene.brain.think = () => undefined;
    const before = scene.studio.aborted + scene.brain.aborted;
    const { status, body } = await scene.ask(SPOKEN);
    expect([status, body.error.code]).toEqual([504, 'AIBRAIN_1003']);
    expect(await scene.settled()).toMatchObject({ state: 'released' });
    expect(scene.studio.aborted + scene.brain.aborted).toBe(before + 1);
  }); // prettier-ignore

  it('an answer that is not spoken in time is given as text', async () => {
    scene.studio.speak = () => undefined;
    const { data } = (await scene.ask(SPOKEN)).body;
    expect(data).toMatchObject({
      answer: 'A plan.',
      noAudio: { reason: 'speech_timeout' },
      credits: { charged: 20, refunded: 10 },
    });
  });
});
