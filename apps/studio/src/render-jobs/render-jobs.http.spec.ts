import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { startFakeOpenAiImages } from '../providers/openai/openai-images.fake.js';
import type { FakeOpenAiImages } from '../providers/openai/openai-images.fake.js';
import type { User } from '../scene.fake.js';
import { CAKE, Scene, until } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';

const JOBS = '/studio/v1/render-jobs';
const NOBODY = '00000000-0000-4000-8000-00000000dead';

let app: TestService;
let scene: Scene;
let vendor: FakeOpenAiImages;
let user: User;

beforeAll(async () => {
  vendor = await startFakeOpenAiImages();
  const environment = { OPENAI_API_KEY: vendor.apiKey, OPENAI_BASE_URL: vendor.baseUrl };
  app = await startService(studio, { environment });
  scene = new Scene(app);
});
beforeEach(async () => {
  app.wallet.balance(10_000);
  user = await app.as();
});
afterAll(async () => {
  await app.close();
  await vendor.close();
});

describe('GET /render-jobs', () => {
  it('pages through a user’s own jobs, newest first, each once', async () => {
    const reader = await app.as({ userId: '00000000-0000-4000-8000-000000000a01' });
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.unshift(await scene.submit(reader));
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await reader.get(JOBS).query(cursor === '' ? { limit: 2 } : { limit: 2, cursor });
      expect(body.page).toMatchObject({ limit: 2, has_more: body.page.next_cursor !== null });
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.page.next_cursor;
    }
    expect(seen).toEqual(ids);
  });

  it('filters by status and type; organizers see the tenant’s jobs', async () => {
    const reader = await app.as({ userId: '00000000-0000-4000-8000-000000000a02' });
    const [kept, dropped] = [await scene.submit(reader), await scene.submit(reader)];
    await reader.post(`${JOBS}/${dropped}/cancel`);
    const idsOf = async (query: object) =>
      (await reader.get(JOBS).query(query)).body.data.map(({ id }: { id: string }) => id);
    expect(await idsOf({ status: 'cancelled' })).toEqual([dropped]);
    expect(await idsOf({ status: 'queued', type: 'image' })).toEqual([kept]);
    const organizer = await app.as({ userId: '00000000-0000-4000-8000-000000000a03', roles: ['organizer'] });
    const { body } = await organizer.get(JOBS).query({ limit: 100 });
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([kept, dropped]));
  });

  it.each([
    { limit: 0 },
    { limit: 101 },
    { limit: 'many' },
    { cursor: 'nonsense' },
    { cursor: Buffer.from('{"id":"1"}').toString('base64url') },
    { status: 'lost' },
    { type: 'dream' },
    { colour: 'red' },
  ])('400 for %j', async (query) => {
    const { status, body } = await user.get(JOBS).query(query);
    expect([status, body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
  });
});

describe('GET /render-jobs/:id', () => {
  it('404 for a job that nobody has, 400 for what is no id', async () => {
    expect((await user.get(`${JOBS}/${NOBODY}`)).body.error.code).toBe('STUDIO_1900');
    expect((await user.get(`${JOBS}/1`)).status).toBe(400);
  });
});

describe('POST /render-jobs/:id/cancel', () => {
  it('ends a queued job: nothing is charged, the hold is released, no worker touches it', async () => {
    const id = await scene.submit(user);
    const { status, body } = await user.post(`${JOBS}/${id}/cancel`);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ id, status: 'cancelled', creditsCharged: 0, error: null, assets: [] });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released', captured: 0 });
    await scene.work();
    expect(await scene.job(user, id)).toMatchObject({ status: 'cancelled', attempts: 0, assets: [] });
  });

  it('ends a running job: the provider is hung up on, nothing is charged', async () => {
    vendor.answerNext({ kind: 'hang' });
    const asked = vendor.accepted.length;
    const id = await scene.submit(user, { ...CAKE, provider: 'openai' });
    const working = app.drainJobs();
    await until(() => vendor.accepted.length > asked);
    const { status, body } = await user.post(`${JOBS}/${id}/cancel`);
    expect([status, body.data.status]).toEqual([200, 'cancelled']);
    await working;
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
    expect(await scene.job(user, id)).toMatchObject({ status: 'cancelled', attempts: 1, creditsCharged: 0 });
    expect(app.wallet.faults).toEqual([]);
  });

  it('409 for a job that has ended, however it ended, and nothing changes', async () => {
    const [done, cancelled] = [await scene.submit(user), await scene.submit(user)];
    await user.post(`${JOBS}/${cancelled}/cancel`);
    await scene.work();
    for (const [id, state] of [
      [done, 'succeeded'],
      [cancelled, 'cancelled'],
    ] as const) {
      const { status, body } = await user.post(`${JOBS}/${id}/cancel`);
      expect([status, body.error.code, body.error.details]).toEqual([409, 'STUDIO_1901', { status: state }]);
      expect((await scene.job(user, id)).status).toBe(state);
    }
    expect(await scene.holdOf(done)).toMatchObject({ state: 'captured', captured: 20 });
  });

  it('the same key twice: the same answer, one release', async () => {
    const id = await scene.submit(user);
    const cancel = () => user.post(`${JOBS}/${id}/cancel`).set('idempotency-key', `cancel-${id}`);
    const [first, second] = [await cancel(), await cancel()];
    expect([first.status, second.status, second.text]).toEqual([200, 200, first.text]);
  });

  it('404 for a job that nobody has', async () => {
    expect((await user.post(`${JOBS}/${NOBODY}/cancel`)).status).toBe(404);
  });
});

describe('POST /render-jobs/:id/retry', () => {
  const cancelled = async (wish: object = CAKE) => {
    const id = await scene.submit(user, wish);
    await user.post(`${JOBS}/${id}/cancel`);
    return id;
  };

  it('202 with a new job of the same input and seed, paid by itself', async () => {
    const old = await cancelled({ ...CAKE, variants: 2, seed: 7 });
    const { status, body, headers } = await user.post(`${JOBS}/${old}/retry`);
    expect(status).toBe(202);
    expect(body.data).toMatchObject({ status: 'queued', creditsReserved: 40 });
    expect(headers.location).toBe(`${JOBS}/${body.data.jobId}`);
    await scene.work();
    const job = await scene.job(user, body.data.jobId);
    expect(job).toMatchObject({ status: 'succeeded', retryOf: old, seed: 7, creditsCharged: 40 });
    expect(job.input).toEqual((await scene.job(user, old)).input);
    expect(job.assets.map(({ seed }: { seed: number }) => seed)).toEqual([7, 7 + 7919]);
    expect(await scene.holdOf(body.data.jobId)).toMatchObject({ state: 'captured', captured: 40 });
  });

  it.each(['queued', 'succeeded'])('409 for a job that is %s', async (state) => {
    const id = await scene.submit(user);
    if (state === 'succeeded') await scene.work();
    const holds = app.wallet.taken.length;
    const { status, body } = await user.post(`${JOBS}/${id}/retry`);
    expect([status, body.error.code]).toEqual([409, 'STUDIO_1902']);
    expect(app.wallet.taken).toHaveLength(holds);
  });

  it('402 above the ceiling and without credits; nothing is held', async () => {
    const id = await cancelled();
    const holds = app.wallet.taken.length;
    const dear = await user.post(`${JOBS}/${id}/retry`).set('x-budget-max-usd', '0.00001');
    expect([dear.status, dear.body.error.code]).toEqual([402, 'BUDGET_EXCEEDED']);
    app.wallet.balance(5);
    const poor = await user.post(`${JOBS}/${id}/retry`);
    expect([poor.status, poor.body.error.code]).toEqual([402, 'INSUFFICIENT_CREDITS']);
    expect(app.wallet.taken).toHaveLength(holds);
  });

  it('the same key: one new job', async () => {
    const id = await cancelled();
    const retry = () => user.post(`${JOBS}/${id}/retry`).set('idempotency-key', `retry-${id}`);
    const [first, second] = [await retry(), await retry()];
    expect([first.status, second.text]).toEqual([202, first.text]);
  });

  it('404 for a job that nobody has', async () => {
    expect((await user.post(`${JOBS}/${NOBODY}/retry`)).status).toBe(404);
  });
});

describe('Prefer: wait', () => {
  it('202 with the receipt when the job takes longer than the caller waits', async () => {
    const sent = user.post('/studio/v1/images/generate').set('prefer', 'wait=1').send(CAKE);
    const { status, body, headers } = await sent;
    expect([status, body.data.status, headers['preference-applied']]).toEqual([202, 'queued', undefined]);
  });
});
