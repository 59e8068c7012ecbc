import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { studio } from '../studio.service-definition.js';

const GENERATE = '/studio/v1/music/generate';

describe('POST /music/generate', () => {
  let app: TestService;

  beforeAll(async () => {
    app = await startService(studio);
  });
  beforeEach(() => app.wallet.balance(10_000));
  afterAll(() => app.close());

  it('202 with a receipt, then the job makes the track and its score, and charges', async () => {
    const user = await app.as();
    const wish = { prompt: 'calm jazz for a dinner', durationSeconds: 10, seed: 7, instrumental: false };
    const receipt = await user.post(GENERATE).send(wish);
    expect(receipt.status).toBe(202);
    expect(receipt.body.data).toMatchObject({ status: 'queued', creditsReserved: 30 });
    await app.drainJobs();
    const { body } = await user.get(`/studio/v1/render-jobs/${receipt.body.data.jobId}`);
    expect(body.data).toMatchObject({
      type: 'music',
      status: 'succeeded',
      provider: 'local',
      seed: 7,
      creditsCharged: 30,
      error: null,
    });
    expect(body.data.assets).toHaveLength(2);
    expect(body.data.assets).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ mimeType: 'audio/mpeg', durationMs: 10_000 }),
        expect.objectContaining({ mimeType: 'audio/midi' }),
      ]),
    );
    expect(body.data.assets[0].provenance.limits.join()).toContain('no vocals');
  });

  it.each([
    [{}, 30],
    [{ durationSeconds: 30.5 }, 60],
    [{ durationSeconds: 90 }, 60],
    [{ durationSeconds: 180 }, 100],
  ])('holds the price of %j, as estimated', async (wish, credits) => {
    const user = await app.as();
    const { body } = await user.post(GENERATE).send({ prompt: 'waltz', ...wish });
    expect(body.data.creditsReserved).toBe(credits);
    const estimate = await user
      .post('/studio/v1/estimates')
      .send({ operation: 'music.generate', request: { prompt: 'waltz', ...wish } });
    expect(estimate.body.data).toMatchObject({ credits, sufficient: true });
  });

  it.each([
    ['STUDIO_1300', 'no prompt', {}],
    ['STUDIO_1300', 'a blank prompt', { prompt: ' ' }],
    ['STUDIO_1300', 'a prompt of 4,001 characters', { prompt: 'x'.repeat(4_001) }],
    ['STUDIO_1301', 'nine seconds', { prompt: 'a waltz', durationSeconds: 9 }],
    ['STUDIO_1301', 'too long a track', { prompt: 'a waltz', durationSeconds: 180.5 }],
    ['STUDIO_1301', 'a duration as text', { prompt: 'a waltz', durationSeconds: '30' }],
    ['STUDIO_1304', 'an unknown provider', { prompt: 'a waltz', provider: 'nobody' }],
    ['VALIDATION_FAILED', 'an unknown format', { prompt: 'a waltz', format: 'flac' }],
    ['VALIDATION_FAILED', 'an unknown field', { prompt: 'a waltz', tempo: 120 }],
  ])('400 %s for %s, and nothing is held', async (code, _what, wish) => {
    const holds = app.wallet.taken.length;
    const { status, body } = await (await app.as()).post(GENERATE).send(wish);
    expect([status, body.error.code]).toEqual([400, code]);
    expect(app.wallet.taken).toHaveLength(holds);
  });

  it('local stands in for suno without a key, and the job says so', async () => {
    const user = await app.as();
    const wish = { prompt: 'a waltz', durationSeconds: 10, provider: 'suno' };
    const { body } = await user.post(GENERATE).send(wish);
    const job = await user.get(`/studio/v1/render-jobs/${body.data.jobId}`);
    expect(job.body.data).toMatchObject({ provider: 'local', requestedProvider: 'suno' });
  });

  it('402 when the wallet has too few credits', async () => {
    app.wallet.balance(10);
    const { status, body } = await (await app.as()).post(GENERATE).send({ prompt: 'a waltz' });
    expect([status, body.error.code]).toEqual([402, 'INSUFFICIENT_CREDITS']);
  });
});
