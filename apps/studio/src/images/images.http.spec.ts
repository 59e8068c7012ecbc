import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { startService, TEST_TENANT } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { StudioDb } from '../studio.db.js';
import { studio } from '../studio.service-definition.js';

const GENERATE = '/studio/v1/images/generate';
const OTHER_TENANT = 'a0000000-0000-4000-8000-000000000002';

describe('POST /images/generate', () => {
  let app: TestService;

  beforeAll(async () => {
    app = await startService(studio);
  });
  beforeEach(() => app.wallet.balance(10_000));
  afterAll(() => app.close());

  it('202 with a receipt, then the job makes the picture and charges for it', async () => {
    const user = await app.as();
    const receipt = await user.post(GENERATE).send({ prompt: 'A fox in a snowy forest at sunset' });
    expect(receipt.status).toBe(202);
    expect(receipt.body.data).toMatchObject({ status: 'queued', creditsReserved: 30 });
    const { jobId } = receipt.body.data;
    expect(receipt.headers.location).toBe(`/studio/v1/render-jobs/${jobId}`);
    expect(app.wallet.taken.at(-1)).toMatchObject({ amount: 30, state: 'open' });

    await app.drainJobs();

    const { body } = await user.get(`/studio/v1/render-jobs/${jobId}`);
    expect(body.data).toMatchObject({
      status: 'succeeded',
      progress: 100,
      provider: 'local',
      creditsCharged: 30,
      error: null,
    });
    expect(body.data.assets).toHaveLength(1);
    expect(body.data.assets[0].provenance).toMatchObject({ aiGenerated: true, provider: 'local' });
    await settled('captured');
    const { pathname, search } = new URL(body.data.assets[0].thumbnailUrl);
    const thumbnail = await fetch(app.url + pathname + search);
    expect(thumbnail.headers.get('content-type')).toBe('image/webp');
    const small = await sharp(Buffer.from(await thumbnail.arrayBuffer())).metadata();
    expect(small).toMatchObject({ format: 'webp', width: 480, height: 480 });
  });

  it.each([
    [{ width: 512, height: 512 }, 20],
    [{ width: 1792, height: 1024 }, 40],
    [{ variants: 3 }, 90],
  ])('holds the price of %j', async (wish, credits) => {
    const user = await app.as();
    const { body } = await user.post(GENERATE).send({ prompt: 'balloons', ...wish });
    expect(body.data.creditsReserved).toBe(credits);
    const estimate = await user
      .post('/studio/v1/estimates')
      .send({ operation: 'images.generate', request: { prompt: 'balloons', ...wish } });
    expect(estimate.body.data).toMatchObject({ credits, sufficient: true });
  });

  it.each([
    ['STUDIO_1000', 'no prompt', {}],
    ['STUDIO_1000', 'an empty prompt', { prompt: '' }],
    ['STUDIO_1000', 'a blank prompt', { prompt: '   ' }],
    ['STUDIO_1000', 'a prompt of 4,001 characters', { prompt: 'x'.repeat(4_001) }],
    ['STUDIO_1000', 'two faults, the prompt first', { prompt: 5, width: 7 }],
    ['STUDIO_1001', 'a width that is not offered', { prompt: 'a cake', width: 300 }],
    ['STUDIO_1001', 'a height as text', { prompt: 'a cake', height: '1024' }],
    ['STUDIO_1004', 'an unknown provider', { prompt: 'a cake', provider: 'nobody' }],
    ['VALIDATION_FAILED', 'five variants', { prompt: 'a cake', variants: 5 }],
    ['VALIDATION_FAILED', 'an unknown format', { prompt: 'a cake', format: 'gif' }],
    ['VALIDATION_FAILED', 'an unknown field', { prompt: 'a cake', colour: 'red' }],
  ])('400 %s for %s, and nothing is held', async (code, _what, wish) => {
    const holds = app.wallet.taken.length;
    const { status, body } = await (await app.as()).post(GENERATE).send(wish);
    expect([status, body.error.code]).toEqual([400, code]);
    expect(app.wallet.taken).toHaveLength(holds);
  });

  it('null counts as absent', async () => {
    const { status, body } = await (
      await app.as()
    )
      .post(GENERATE)
      .send({ prompt: 'a cake', width: null, variants: null });
    expect([status, body.data.creditsReserved]).toEqual([202, 30]);
  });

  it('402 when the wallet has too few credits', async () => {
    app.wallet.balance(10);
    const { status, body } = await (await app.as()).post(GENERATE).send({ prompt: 'a cake' });
    expect([status, body.error.code]).toEqual([402, 'INSUFFICIENT_CREDITS']);
    expect(body.error.details).toMatchObject({ required: 30, available: 10 });
  });

  it('402 when the picture could cost more than the ceiling, before anything is held', async () => {
    const holds = app.wallet.taken.length;
    const { status, body } = await (
      await app.as()
    )
      .post(GENERATE)
      .set('x-budget-max-usd', '0.00001')
      .send({ prompt: 'a cake' });
    expect([status, body.error.code]).toEqual([402, 'BUDGET_EXCEEDED']);
    expect(app.wallet.taken).toHaveLength(holds);
  });

  it.each(['0', '-1', 'abc', '1e-3', ''])('400 for the ceiling %j', async (ceiling) => {
    const { status } = await (
      await app.as()
    )
      .post(GENERATE)
      .set('x-budget-max-usd', ceiling)
      .send({ prompt: 'a cake' });
    expect(status).toBe(400);
  });

  it('503 while the wallet is down; the same key works afterwards', async () => {
    const user = await app.as();
    app.wallet.isDown = true;
    const refused = await user
      .post(GENERATE)
      .set('idempotency-key', 'wallet-down')
      .send({ prompt: 'a cake' });
    expect([refused.status, refused.body.error.code]).toEqual([503, 'UNAVAILABLE']);
    expect(refused.headers['retry-after']).toBeDefined();
    app.wallet.isDown = false;
    app.clock.advance(61_000);
    const again = await user.post(GENERATE).set('idempotency-key', 'wallet-down').send({ prompt: 'a cake' });
    expect(again.status).toBe(202);
  });

  it('the same key: one job, one hold, the same bytes', async () => {
    const user = await app.as();
    const holds = app.wallet.taken.length;
    const send = () => user.post(GENERATE).set('idempotency-key', 'twice').send({ prompt: 'a cake' });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.text).toBe(first.text);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(app.wallet.taken).toHaveLength(holds + 1);
  });

  it('50 at once with one Idempotency-Key: one job, one charge; repeated, all get the identical body', async () => {
    const user = await app.as({ userId: '00000000-0000-4000-8000-000000000050' });
    const holds = app.wallet.taken.length;
    const send = () =>
      user.post(GENERATE).set('idempotency-key', 'fifty').send({ prompt: 'a cake', width: 256, height: 256 });
    const fifty = () => Promise.all(Array.from({ length: 50 }, send));
    const first = await fifty();
    for (const { status, headers } of first) {
      expect([202, 409]).toContain(status);
      if (status === 409) expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
    }
    const [receipt] = first.filter(({ status }) => status === 202);
    const again = await fifty();
    expect(again.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 202));
    expect(new Set([...again, receipt].map((answer) => answer?.text)).size).toBe(1);
    expect(new Set(again.map(({ headers }) => headers['idempotency-replayed']))).toEqual(new Set(['true']));

    await app.drainJobs();
    const { body } = await user.get('/studio/v1/render-jobs');
    expect(body.data).toHaveLength(1);
    expect(body.data[0]).toMatchObject({
      id: receipt?.body.data.jobId,
      status: 'succeeded',
      creditsCharged: 20,
    });
    expect(app.wallet.taken).toHaveLength(holds + 1);
    await settled('captured');
    expect(10_000 - app.wallet.available(TEST_TENANT, '00000000-0000-4000-8000-000000000050')).toBe(20);
  });

  it('200 with the finished job for Prefer: wait, also on a replay', async () => {
    const user = await app.as();
    await app.service.startWorker();
    try {
      const send = () =>
        user
          .post(GENERATE)
          .set({ prefer: 'wait=20', 'idempotency-key': 'waited' })
          .send({ prompt: 'a cake', width: 256, height: 256 });
      const first = await send();
      expect(first.status).toBe(200);
      expect(first.body.data).toMatchObject({ status: 'succeeded', creditsCharged: 20 });
      expect(first.body.data.jobId).toBe(first.body.data.id);
      expect((await send()).body.data.id).toBe(first.body.data.id);
    } finally {
      await app.service.stopWorker();
    }
  });

  it('another tenant, another user and nobody see nothing of it', async () => {
    const owner = await app.as();
    const { body } = await owner.post(GENERATE).send({ prompt: 'a secret party' });
    await app.drainJobs();
    const path = `/studio/v1/render-jobs/${body.data.jobId}`;
    const job = (await owner.get(path)).body.data;
    const [asset] = job.assets;
    const strangers = [
      await app.as({ tenantId: OTHER_TENANT, roles: ['admin'] }),
      await app.as({ userId: '00000000-0000-4000-8000-000000000999' }),
    ];
    for (const stranger of strangers) {
      for (const get of [
        path,
        `${path}/events`,
        `/studio/v1/assets/${asset.id}`,
        `/studio/v1/assets/${asset.id}/content`,
      ]) {
        expect((await stranger.get(get)).status).toBe(404);
      }
      expect((await stranger.post(`${path}/cancel`)).status).toBe(404);
      expect((await stranger.post(`${path}/retry`)).status).toBe(404);
      expect((await stranger.delete(`/studio/v1/assets/${asset.id}`)).status).toBe(404);
    }
    expect((await app.request().get(path)).status).toBe(401);
  });

  async function settled(state: string): Promise<void> {
    await app.service.app.get(StudioDb, { strict: false }).settled();
    expect(app.wallet.taken.at(-1)).toMatchObject({ state });
    expect(app.wallet.faults).toEqual([]);
  }
});
