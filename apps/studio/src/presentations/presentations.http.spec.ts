import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { PromptModeration } from '../moderation/prompt-moderation.js';
import { studio } from '../studio.service-definition.js';

const GENERATE = '/studio/v1/presentations/generate';
const chart = { type: 'bar', labels: ['a', 'b'], series: [{ name: 'n', values: [1, 2] }] };

describe('POST /presentations/generate', () => {
  let app: TestService;

  beforeAll(async () => {
    app = await startService(studio);
  });
  beforeEach(() => app.wallet.balance(10_000));
  afterAll(() => app.close());

  it('202 with a receipt, then the job makes both files with a thumbnail, and charges', async () => {
    const user = await app.as();
    const outline = [{ title: 'Gala' }, { title: 'Numbers', chart, notes: 'slowly' }, { title: 'Thanks' }];
    const receipt = await user.post(GENERATE).send({ outline, formats: ['pptx', 'pdf'], seed: 3 });
    expect(receipt.status).toBe(202);
    expect(receipt.body.data).toMatchObject({ status: 'queued', creditsReserved: 25 + 50 + 25 });
    await app.drainJobs();
    const { body } = await user.get(`/studio/v1/render-jobs/${receipt.body.data.jobId}`);
    expect(body.data).toMatchObject({
      type: 'presentation',
      status: 'succeeded',
      provider: 'local',
      creditsCharged: 100,
      error: null,
    });
    const mimeTypes = body.data.assets.map(({ mimeType }: { mimeType: string }) => mimeType).sort();
    expect(mimeTypes).toEqual([
      'application/pdf',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ]);
    for (const asset of body.data.assets) {
      expect(asset).toMatchObject({ pages: 3 });
      expect(asset.thumbnailUrl).toBeDefined();
    }
  });

  it.each([
    ['eight slides of a topic', { topic: 'A wedding in Goa for 80 guests' }],
    ['thirty slides', { topic: 'Music festival', slides: 30 }],
    ['one slide', { topic: 'Music festival', slides: 1 }],
    ['an outline', { outline: [{ title: 'One', imagePrompt: 'a cake', chart }] }],
  ])('holds exactly what was estimated: %s', async (_what, wish) => {
    const user = await app.as();
    const estimate = await user
      .post('/studio/v1/estimates')
      .send({ operation: 'presentations.generate', request: wish });
    const { credits, lines } = estimate.body.data;
    expect(lines.reduce((sum: number, line: { credits: number }) => sum + line.credits, 0)).toBe(credits);
    const { body } = await user.post(GENERATE).send(wish);
    expect(body.data.creditsReserved).toBe(credits);
  });

  it.each([
    [{ slides: 8, images: false, charts: false }, 200],
    [{ slides: 1, images: true }, 50],
    [{ outline: [{ title: 'One', bullets: ['x'], imagePrompt: 'a cake', chart }] }, 75],
  ])('prices %j by what the slides show', async (wish, credits) => {
    const { body } = await (await app.as()).post(GENERATE).send({ topic: 'A birthday', ...wish });
    expect(body.data.creditsReserved).toBe(credits);
  });

  it.each([
    ['STUDIO_1600', 'neither topic nor outline', {}],
    ['STUDIO_1600', 'a blank topic', { topic: ' ' }],
    ['STUDIO_1601', 'no slides', { topic: 'a gala', slides: 0 }],
    ['STUDIO_1601', '31 slides', { topic: 'a gala', slides: 31 }],
    ['STUDIO_1605', 'an empty outline', { outline: [] }],
    ['STUDIO_1605', 'a slide without a title', { outline: [{ bullets: ['x'] }] }],
    [
      'STUDIO_1605',
      'a value too few',
      { outline: [{ title: 'x', chart: { ...chart, labels: ['a', 'b', 'c'] } }] },
    ],
    ['STUDIO_1606', 'an unknown theme', { topic: 'a gala', templateId: 'nothing' }],
    ['VALIDATION_FAILED', 'a locale that is none', { topic: 'a gala', locale: 'en-GB-GB' }],
    ['VALIDATION_FAILED', 'an unknown format', { topic: 'a gala', format: 'key' }],
    ['VALIDATION_FAILED', 'a colour that is markup', { topic: 'a gala', brand: { colours: ['"/><x'] } }],
  ])('400 %s for %s, and nothing is held', async (code, _what, wish) => {
    const holds = app.wallet.taken.length;
    const { status, body } = await (await app.as()).post(GENERATE).send(wish);
    expect([status, body.error.code]).toEqual([400, code]);
    expect(app.wallet.taken).toHaveLength(holds);
  });

  it('402 when the wallet has too few credits', async () => {
    app.wallet.balance(10);
    const { status, body } = await (await app.as()).post(GENERATE).send({ topic: 'a gala' });
    expect([status, body.error.code]).toEqual([402, 'INSUFFICIENT_CREDITS']);
  });

  it('keeps nobody waiting while a long outline is judged', async () => {
    const moderation = app.service.app.get(PromptModeration, { strict: false });
    const texts = Array.from({ length: 400 }, () => 'a talk about cakes and 0pen s0urce '.repeat(100));
    let [turns, judging] = [0, true];
    const turn = (): void => {
      turns += 1;
      if (judging) setImmediate(turn);
    };
    setImmediate(turn);
    await moderation.judge(texts);
    judging = false;
    expect(turns).toBeGreaterThan(4);
  });
});
