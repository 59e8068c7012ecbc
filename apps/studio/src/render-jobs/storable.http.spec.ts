import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';
import { storable } from './storable.js';

describe('texts that were cut to a length in the middle of a letter', () => {
  let app: TestService;

  beforeAll(async () => {
    app = await startService(studio);
  });
  beforeEach(() => app.wallet.balance(10_000));
  afterAll(() => app.close());

  it('lose what the database cannot hold, and nothing else', () => {
    const input = { title: 'a\0b', lines: ['cake 🎂', '🎂'.slice(0, 1)], count: 2, none: null };
    expect(storable(input)).toEqual({ title: 'ab', lines: ['cake 🎂', '\u{fffd}'], count: 2, none: null });
  });

  it('a voice that speaks a long prompt is accepted', async () => {
    const prompt = `${'a cake '.repeat(285)}abcd${'🎂'.repeat(20)}`;
    const wish = { prompt, durationSeconds: 3, voiceover: true };
    const { status, body } = await (await app.as()).post('/studio/v1/videos/generate').send(wish);
    expect([status, body.error]).toEqual([202, null]);
  });

  it('a track whose unknown genre is quoted in its limits is kept and charged', async () => {
    const user = await app.as();
    const wish = { prompt: 'a waltz', durationSeconds: 10, genre: `${'x'.repeat(39)}🎂` };
    const { body } = await user.post('/studio/v1/music/generate').send(wish);
    const scene = new Scene(app);
    await scene.work();
    expect(await scene.job(user, body.data.jobId)).toMatchObject({ status: 'succeeded', creditsCharged: 30 });
  }, 60_000);
});
