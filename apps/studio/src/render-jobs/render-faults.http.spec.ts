import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { startFakeOpenAiImages } from '../providers/openai/openai-images.fake.js';
import type { FakeAnswer, FakeOpenAiImages } from '../providers/openai/openai-images.fake.js';
import type { User } from '../scene.fake.js';
import { CAKE, Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';

const MINUTE = 60_000;
const status = (code: number, error?: string, headers?: Record<string, string>): FakeAnswer => ({
  kind: 'status',
  status: code,
  body: error === undefined ? {} : { error: { code: error, message: error } },
  ...(headers === undefined ? {} : { headers }),
});

describe('a provider that fails', () => {
  let app: TestService;
  let scene: Scene;
  let vendor: FakeOpenAiImages;
  let user: User;

  beforeAll(async () => {
    vendor = await startFakeOpenAiImages();
    const environment = {
      OPENAI_API_KEY: vendor.apiKey,
      OPENAI_BASE_URL: vendor.baseUrl,
      IMAGE_TIMEOUT_MS: '1000',
    };
    app = await startService(studio, { environment });
    scene = new Scene(app);
  });
  beforeEach(async () => {
    user = await app.as();
  });
  afterAll(async () => {
    expect(app.wallet.faults).toEqual([]);
    await app.close();
    await vendor.close();
  });

  /** Submits, lets the vendor answer so, and works once. */
  async function run(...answers: FakeAnswer[]) {
    const before = vendor.accepted.length;
    answers.forEach((answer) => vendor.answerNext(answer));
    const id = await scene.submit(user, { ...CAKE, provider: 'dall-e-3' });
    await scene.work();
    return { id, asked: () => vendor.accepted.length - before };
  }

  it('429 with Retry-After: tried again when the vendor wished it, then charged once', async () => {
    const { id, asked } = await run(status(429, 'rate_limit_exceeded', { 'retry-after': '30' }));
    expect(await scene.job(user, id)).toMatchObject({ status: 'queued', attempts: 1, error: null });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'open' });
    app.clock.advance(29_000);
    await scene.work();
    expect(asked()).toBe(1);
    app.clock.advance(1_000);
    await scene.work();
    expect(asked()).toBe(2);
    expect(await scene.job(user, id)).toMatchObject({ status: 'succeeded', attempts: 2, creditsCharged: 30 });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'captured', captured: 30 });
    expect(new Set(vendor.idempotencyKeys.slice(-2)).size).toBe(1);
    const story = await scene.events(`/studio/v1/render-jobs/${id}/events`);
    expect(story.map(({ event }) => event)).toEqual([
      'queued',
      'started',
      'retrying',
      'started',
      'progress',
      'succeeded',
    ]);
  });

  it.each([429, 503])('%s for ever: a few tries, then failed and released', async (code) => {
    const { id, asked } = await run(...Array.from({ length: 4 }, () => status(code)));
    for (let minute = 0; minute < 6; minute += 1) {
      app.clock.advance(MINUTE);
      await scene.work();
    }
    expect(asked()).toBe(4);
    expect(await scene.job(user, id)).toMatchObject({ status: 'failed', attempts: 4, creditsCharged: 0 });
    expect((await scene.job(user, id)).error.code).toBe('STUDIO_1002');
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
  });

  it.each<[string, FakeAnswer, string]>([
    ['401: the key is wrong', status(401, 'invalid_api_key'), 'STUDIO_1002'],
    ['429 for an unpaid bill', status(429, 'insufficient_quota'), 'STUDIO_1002'],
    ['400: the request is refused', status(400, 'invalid_value'), 'STUDIO_1002'],
    ['moderated', status(400, 'moderation_blocked'), 'STUDIO_1005'],
    ['500: the vendor may have made it all the same', status(500), 'STUDIO_1903'],
    ['the connection breaks after the submit', { kind: 'break' }, 'STUDIO_1903'],
    ['no answer in time', { kind: 'hang' }, 'STUDIO_1903'],
  ])('%s: failed at once and released, never submitted again', async (_what, answer, code) => {
    const { id, asked } = await run(answer);
    app.clock.advance(2 * MINUTE);
    await scene.sweep('sweep-stuck');
    await scene.work();
    const job = await scene.job(user, id);
    expect([job.status, job.error.code, job.attempts, job.creditsCharged]).toEqual(['failed', code, 1, 0]);
    expect(asked()).toBe(1);
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released', captured: 0 });
    const [message] = await scene.rows<{ data: object }>(
      "SELECT data FROM platform.outbox_events WHERE aggregate_id = $1 AND type LIKE '%.failed.v1'",
      [id],
    );
    expect(message?.data).toMatchObject({ jobId: id, errorCode: code, attempts: 1 });
  });

  it('one of three pictures fails for good: all is released, no asset and no file is left', async () => {
    vendor.answerNext({ kind: 'picture' });
    vendor.answerNext(status(400, 'invalid_value'));
    const id = await scene.submit(user, { ...CAKE, provider: 'openai', variants: 3 });
    await scene.work();
    expect(await scene.job(user, id)).toMatchObject({ status: 'failed', assets: [], creditsCharged: 0 });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
    expect(await scene.files(id)).toEqual([]);
  });

  it('401 from a provider that nobody named: the next one does the work, no dearer', async () => {
    vendor.answerNext(status(401, 'invalid_api_key'));
    const { provider: _named, ...wish } = CAKE;
    const id = await scene.submit(user, wish);
    await scene.work();
    expect(await scene.job(user, id)).toMatchObject({
      status: 'succeeded',
      provider: 'local',
      requestedProvider: 'openai',
      creditsReserved: 30,
      creditsCharged: 20,
    });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'captured', captured: 20 });
    const story = await scene.events(`/studio/v1/render-jobs/${id}/events`);
    expect(story.find(({ event }) => event === 'fallback')?.data).toMatchObject({
      from: 'openai',
      provider: 'local',
    });
  });

  it.each([
    ['named by the caller', status(401, 'invalid_api_key'), { provider: 'openai' }],
    ['whose outcome is unknown', { kind: 'break' } as const, {}],
  ])('nobody stands in for a provider %s', async (_, answer, named) => {
    vendor.answerNext(answer);
    const { provider: _local, ...wish } = CAKE;
    const id = await scene.submit(user, { ...wish, ...named });
    await scene.work();
    expect(await scene.job(user, id)).toMatchObject({ status: 'failed', provider: 'openai' });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
  });

  it('two of four pictures refused: the others are delivered and charged', async () => {
    vendor.answerNext({ kind: 'picture' });
    vendor.answerNext(status(400, 'moderation_blocked'));
    vendor.answerNext(status(400, 'moderation_blocked'));
    const before = vendor.accepted.length;
    const id = await scene.submit(user, { ...CAKE, provider: 'openai', variants: 4 });
    await scene.work();
    const job = await scene.job(user, id);
    expect(job).toMatchObject({ status: 'succeeded', creditsReserved: 120, creditsCharged: 60 });
    expect([job.assets.length, job.output]).toEqual([2, { delivered: 2, refused: 2 }]);
    expect(await scene.holdOf(id)).toMatchObject({ state: 'captured', captured: 60 });
    expect(vendor.accepted.length - before).toBe(4);
  });

  it('all pictures refused: the job fails, unpaid', async () => {
    vendor.answerNext(status(400, 'moderation_blocked'));
    vendor.answerNext(status(400, 'moderation_blocked'));
    const id = await scene.submit(user, { ...CAKE, provider: 'openai', variants: 2 });
    await scene.work();
    expect(await scene.job(user, id)).toMatchObject({ status: 'failed', error: { code: 'STUDIO_1005' } });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
  });

  it('a later try adopts the pictures that an earlier one has made', async () => {
    const before = vendor.accepted.length;
    vendor.answerNext({ kind: 'picture' });
    vendor.answerNext(status(503));
    const id = await scene.submit(user, { ...CAKE, provider: 'openai', variants: 2 });
    await scene.work();
    app.clock.advance(MINUTE);
    await scene.work();
    const job = await scene.job(user, id);
    expect([job.status, job.assets.length, vendor.accepted.length - before]).toEqual(['succeeded', 2, 3]);
    const files = await scene.files(id);
    expect([files.length, files.filter((name) => name.endsWith('.thumbnail.webp')).length]).toEqual([4, 2]);
  });

  it('a provider that lost its key since the job was sold: failed and released', async () => {
    const id = await scene.submit(user, { ...CAKE, provider: 'openai' });
    const keyless = await startService(studio, {
      database: app.database,
      clock: app.clock,
      environment: { WALLET_INTERNAL_URL: app.wallet.url, DATA_DIR: String(app.environment['DATA_DIR']) },
    });
    await new Scene(keyless).work();
    await keyless.close();
    const job = await scene.job(user, id);
    expect([job.status, job.error.code, job.attempts]).toEqual(['failed', 'STUDIO_1002', 1]);
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
  });
});
