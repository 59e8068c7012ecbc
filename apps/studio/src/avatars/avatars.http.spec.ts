import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { SpeechEngine } from '../providers/local/speech/speech-engine.js';
import { Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';

const SPEAK = '/studio/v1/avatars/talking-head';

describe('avatars', () => {
  let app: TestService;
  let scene: Scene;

  beforeAll(async () => {
    app = await startService(studio);
    scene = new Scene(app);
  });
  beforeEach(() => app.wallet.balance(10_000));
  afterAll(() => app.close());

  it('lists presenters with pictures that open by themselves', async () => {
    const { body } = await (await app.as()).get('/studio/v1/avatars/presenters');
    expect(body.data.length).toBeGreaterThanOrEqual(3);
    for (const { id, name, provider, voice, previewUrl } of body.data) {
      expect([id, name, voice]).not.toContain('');
      expect(provider).toBe('local');
      const picture = Buffer.from(previewUrl.split(',')[1], 'base64');
      expect(await sharp(picture).metadata()).toMatchObject({ format: 'webp', width: 480, height: 270 });
    }
  });

  it('202, then the presenter speaks; the charge is for the minutes begun, less than was held', async () => {
    const user = await app.as();
    // Digits are said in words: 110 of them may take more than a minute.
    const script = `Hi. ${'9'.repeat(110)}`;
    const receipt = await user.post(SPEAK).send({ script: 'Hi.', presenter: 'kenji', background: '#336699' });
    expect([receipt.status, receipt.body.error]).toEqual([202, null]);
    expect(receipt.body.data.creditsReserved).toBe(50);
    const estimate = await user
      .post('/studio/v1/estimates')
      .send({ operation: 'avatars.talking-head', request: { script } });
    expect(estimate.body.data.credits).toBe(100);

    await scene.work();

    const job = await scene.job(user, receipt.body.data.jobId);
    expect(job).toMatchObject({ type: 'talking-head', status: 'succeeded', creditsCharged: 50 });
    expect(job.assets[0]).toMatchObject({ mimeType: 'video/mp4', width: 1280, height: 720 });
    expect(job.assets[0].durationMs).toBeLessThan(3000);
  });

  it('moves lips to a recording; its length is the price', async () => {
    const user = await app.as();
    const speech = app.service.app.get(SpeechEngine, { strict: false });
    const { wav } = await speech.say('One two.', {}, new AbortController().signal);
    const audioUrl = `data:audio/wav;base64,${wav.toString('base64')}`;
    const receipt = await user.post(SPEAK).send({ audioUrl, resolution: '720p' });
    expect([receipt.status, receipt.body.data?.creditsReserved]).toEqual([202, 50]);
    await scene.work();
    const job = await scene.job(user, receipt.body.data.jobId);
    expect([job.status, job.creditsCharged]).toEqual(['succeeded', 50]);
    expect(job.assets[0].provenance.limits.join()).toContain('the lips follow the loudness');
  });

  it.each([
    ['STUDIO_1400', 'neither script nor recording', {}],
    ['STUDIO_1400', 'both', { script: 'Hi', audioUrl: 'https://example.com/a.mp3' }],
    ['STUDIO_1400', 'a script of 5,001 characters', { script: 'x'.repeat(5_001) }],
    ['STUDIO_1401', 'an unknown presenter', { script: 'Hi', presenter: 'nobody' }],
    ['STUDIO_1404', 'an unknown provider', { script: 'Hi', provider: 'nobody' }],
    ['STUDIO_1406', 'an unknown place', { script: 'Hi', background: 'the moon' }],
    ['STUDIO_1407', 'an unknown voice', { script: 'Hi', voice: 'nobody' }],
    ['STUDIO_1703', 'a recording of an unknown type', { audioUrl: 'data:audio/wav;base64,aGVsbG8=' }],
    ['VALIDATION_FAILED', 'an unknown resolution', { script: 'Hi', resolution: '8k' }],
  ])('%s for %s, and nothing is held', async (code, _what, wish) => {
    const holds = app.wallet.taken.length;
    const { status, body } = await (await app.as()).post(SPEAK).send(wish);
    expect([Math.floor(status / 100), body.error.code]).toEqual([4, code]);
    expect(app.wallet.taken).toHaveLength(holds);
  });
});
