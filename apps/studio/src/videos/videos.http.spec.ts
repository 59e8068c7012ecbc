import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import { Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';

const GENERATE = '/studio/v1/videos/generate';

describe('POST /videos/generate', () => {
  let app: TestService;
  let scene: Scene;

  beforeAll(async () => {
    app = await startService(studio);
    scene = new Scene(app);
  });
  beforeEach(() => app.wallet.balance(10_000));
  afterAll(() => app.close());

  it('202 with a receipt, then the job makes the film, with a picture of the caller, voice and music', async () => {
    const user = await app.as();
    const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#2080c0' } })
      .png()
      .toBuffer();
    const receipt = await user.post(GENERATE).send({
      prompt: 'A lake at sunset. Guests dance.',
      durationSeconds: 3,
      aspect: '1:1',
      imageUrls: [`data:image/png;base64,${picture.toString('base64')}`],
      voiceover: 'Welcome.',
      music: true,
    });
    expect([receipt.status, receipt.body.error]).toEqual([202, null]);
    expect(receipt.body.data).toMatchObject({ status: 'queued', creditsReserved: 100 });

    await scene.work();

    const job = await scene.job(user, receipt.body.data.jobId);
    expect(job).toMatchObject({ type: 'video', status: 'succeeded', provider: 'local', creditsCharged: 100 });
    expect(job.assets).toHaveLength(1);
    const [asset] = job.assets;
    expect(asset).toMatchObject({ mimeType: 'video/mp4', width: 480, height: 480, durationMs: 3000 });
    const thumbnail = await fetch(
      app.url + new URL(asset.thumbnailUrl).pathname + new URL(asset.thumbnailUrl).search,
    );
    const small = await sharp(Buffer.from(await thumbnail.arrayBuffer())).metadata();
    expect(small).toMatchObject({ format: 'webp', width: 480 });
  });

  it.each([
    [{}, 100],
    [{ durationSeconds: 10 }, 200],
    [{ durationSeconds: 7, quality: 'high' }, 210],
    [{ durationSeconds: 60 }, 500],
  ])('holds the price of %j, as the estimate says', async (wish, credits) => {
    const user = await app.as();
    const request = { prompt: 'a lake', ...wish };
    const { body } = await user.post('/studio/v1/estimates').send({ operation: 'videos.generate', request });
    expect(body.data).toMatchObject({ credits, sufficient: true });
    const receipt = await user.post(GENERATE).send(request);
    expect(receipt.body.data.creditsReserved).toBe(credits);
    await user.post(`/studio/v1/render-jobs/${receipt.body.data.jobId}/cancel`);
  });

  it.each([
    ['STUDIO_1100', 'no prompt', {}],
    ['STUDIO_1100', 'a blank prompt', { prompt: '  ' }],
    ['STUDIO_1100', 'a prompt of 4,001 characters', { prompt: 'x'.repeat(4_001) }],
    ['STUDIO_1101', 'two seconds', { prompt: 'a lake', durationSeconds: 2 }],
    ['STUDIO_1101', '61 seconds', { prompt: 'a lake', durationSeconds: 61 }],
    ['STUDIO_1101', 'half a second more', { prompt: 'a lake', durationSeconds: 5.5 }],
    ['STUDIO_1103', 'an unknown provider', { prompt: 'a lake', provider: 'nobody' }],
    [
      'STUDIO_1703',
      'a picture that is none',
      { prompt: 'a lake', imageUrls: ['data:image/png;base64,AAAA'] },
    ],
    [
      'VALIDATION_FAILED',
      'eleven pictures',
      { prompt: 'a lake', imageUrls: Array(11).fill('https://a.b/c') },
    ],
    ['VALIDATION_FAILED', 'a number as voice', { prompt: 'a lake', voiceover: 5 }],
    ['VALIDATION_FAILED', 'an empty voice', { prompt: 'a lake', voiceover: ' ' }],
    ['VALIDATION_FAILED', 'an unknown aspect', { prompt: 'a lake', aspect: '4:3' }],
  ])('%s for %s, and nothing is held', async (code, _what, wish) => {
    const holds = app.wallet.taken.length;
    const { status, body } = await (await app.as()).post(GENERATE).send(wish);
    expect([Math.floor(status / 100), body.error.code]).toEqual([4, code]);
    expect(app.wallet.taken).toHaveLength(holds);
  });

  it('402 when the wallet has too few credits', async () => {
    app.wallet.balance(10);
    const { status, body } = await (await app.as()).post(GENERATE).send({ prompt: 'a lake' });
    expect([status, body.error.code]).toEqual([402, 'INSUFFICIENT_CREDITS']);
  });

  it('503 with the install line when ffmpeg is missing, and nothing is held', async () => {
    const holds = app.wallet.taken.length;
    const tools = app.service.app.get(MediaTools, { strict: false });
    const detail = 'ffmpeg is not installed: apt-get install ffmpeg';
    const health = tools.health.bind(tools);
    tools.health = () => Promise.resolve({ status: 'missing', detail });
    try {
      const { status, body } = await (await app.as()).post(GENERATE).send({ prompt: 'a lake' });
      expect([status, body.error.code]).toEqual([503, 'PROVIDER_NOT_CONFIGURED']);
      expect(body.error.details).toMatchObject({ provider: 'local', detail });
      expect(app.wallet.taken).toHaveLength(holds);
    } finally {
      tools.health = health;
    }
  });
});
