import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LeaseLost } from '@eventzr/jobs';
import { startService, TEST_TENANT } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { ImageProviders } from '../providers/image-providers.js';
import { startFakeOpenAiImages } from '../providers/openai/openai-images.fake.js';
import type { FakeOpenAiImages } from '../providers/openai/openai-images.fake.js';
import type { User } from '../scene.fake.js';
import { CAKE, Scene, until } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';
import { PieceMaker } from './piece-maker.js';
import { RenderClaims } from './render-claims.js';
import { RenderWork } from './render-work.js';
import { Renderers } from './renderers.js';

const BY_VENDOR = { ...CAKE, provider: 'openai' };
const MINUTE = 60_000;

let app: TestService;
let scene: Scene;
let vendor: FakeOpenAiImages;
let user: User;
const part = <T>(type: abstract new (...needs: never[]) => T): T =>
  app.service.app.get(type, { strict: false });
const running = () => new AbortController().signal;
const pointer = (id: string) => ({ tenantId: TEST_TENANT, id });

beforeAll(async () => {
  vendor = await startFakeOpenAiImages();
  const environment = { OPENAI_API_KEY: vendor.apiKey, OPENAI_BASE_URL: vendor.baseUrl };
  app = await startService(studio, { environment });
  scene = new Scene(app);
});
// The clock moves on in these tests: each logs in again.
beforeEach(async () => {
  user = await app.as();
});
afterAll(async () => {
  await app.close();
  await vendor.close();
});

it('what was paid for when the worker was told to stop is finished, and found by the next one', async () => {
  const [asked, stop] = [vendor.accepted.length, new AbortController()];
  const provider = part(ImageProviders).sold('openai');
  const generate = provider.generate.bind(provider);
  Object.assign(provider, {
    generate: async (...wish: Parameters<typeof generate>) => {
      const made = await generate(...wish);
      stop.abort();
      return made;
    },
  });
  const id = await scene.submit(user, { ...BY_VENDOR, label: true });
  await part(RenderWork).run(pointer(id), stop.signal);
  Object.assign(provider, { generate });
  await scene.work();
  expect(await scene.job(user, id)).toMatchObject({ status: 'succeeded', creditsCharged: 30 });
  expect(vendor.accepted.length - asked).toBe(1);
});

describe('sweep-stuck', () => {
  it('brings back a job whose worker died, once its lease is over', async () => {
    const id = await scene.submit(user);
    await part(RenderClaims).claim(TEST_TENANT, id);
    await scene.work();
    expect(await scene.sweep('sweep-stuck')).toMatchObject({ processed: 0 });
    expect((await scene.job(user, id)).status).toBe('running');

    app.clock.advance(MINUTE + 1);
    expect(await scene.sweep('sweep-stuck')).toMatchObject({ succeeded: 1, failed: 0 });
    await scene.work();
    expect(await scene.job(user, id)).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'captured', captured: 20 });
  });

  it('adds a lost queue entry again', async () => {
    const id = await scene.submit(user);
    await scene.rows('DELETE FROM graphile_worker._private_jobs');
    app.clock.advance(16_000);
    expect(await scene.sweep('sweep-stuck')).toMatchObject({ succeeded: 1 });
    await scene.work();
    expect((await scene.job(user, id)).status).toBe('succeeded');
  });

  it('fails a job whose deadline has passed and gives the credits back; no worker starts it any more', async () => {
    const id = await scene.submit(user, BY_VENDOR);
    const asked = vendor.accepted.length;
    app.clock.advance(16 * MINUTE);
    expect(await scene.sweep('sweep-stuck')).toMatchObject({ succeeded: 1 });
    user = await app.as();
    await scene.work();
    const job = await scene.job(user, id);
    expect(job).toMatchObject({ status: 'failed', attempts: 0, creditsCharged: 0 });
    expect(job.error.code).toBe('STUDIO_1003');
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
    expect(vendor.accepted).toHaveLength(asked);
  });

  it('a worker that finds the deadline passed asks nobody', async () => {
    const id = await scene.submit(user, BY_VENDOR);
    const asked = vendor.accepted.length;
    app.clock.advance(16 * MINUTE);
    await scene.work();
    user = await app.as();
    expect((await scene.job(user, id)).error.code).toBe('STUDIO_1003');
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
    expect(vendor.accepted).toHaveLength(asked);
  });

  it('one job that cannot be helped does not keep the others waiting', async () => {
    const [strange, plain] = [await scene.submit(user), await scene.submit(user)];
    await scene.rows("UPDATE render_jobs SET type = 'dream' WHERE id = $1", [strange]);
    app.clock.advance(16 * MINUTE);
    expect(await scene.sweep('sweep-stuck')).toMatchObject({ succeeded: 1, failed: 1 });
    user = await app.as();
    expect((await scene.job(user, plain)).status).toBe('failed');
    await scene.rows("UPDATE render_jobs SET type = 'image' WHERE id = $1", [strange]);
    await scene.sweep('sweep-stuck');
    expect((await scene.job(user, strange)).status).toBe('failed');
  });

  it('a job that only waits its turn keeps its place', async () => {
    const older = await scene.submit(user);
    app.clock.advance(16_000);
    await scene.submit(user);
    await scene.sweep('sweep-stuck');
    const queue = await scene.rows<{ key: string }>(
      'SELECT key FROM graphile_worker._private_jobs ORDER BY run_at, id',
    );
    expect(queue[0]?.key).toBe(`render:${older}`);
    await scene.work();
  });
});

describe('workers', () => {
  it('two on one job: one result, one charge', async () => {
    const asked = vendor.accepted.length;
    const id = await scene.submit(user, BY_VENDOR);
    const work = () => part(RenderWork).run(pointer(id), running());
    await Promise.all([work(), work(), work()]);
    await scene.work();
    const job = await scene.job(user, id);
    expect([job.status, job.attempts, job.assets.length]).toEqual(['succeeded', 1, 1]);
    expect(await scene.holdOf(id)).toMatchObject({ state: 'captured', captured: 30 });
    expect(vendor.accepted).toHaveLength(asked + 1);
  });

  it('one that lost its lease in the middle changes nothing', async () => {
    const { promise: works, resolve: done } = Promise.withResolvers<void>();
    vendor.answerNext({ kind: 'picture', after: works });
    const asked = vendor.accepted.length;
    const id = await scene.submit(user, BY_VENDOR);
    const slow = part(RenderWork).run(pointer(id), running());
    await until(() => vendor.accepted.length > asked);
    app.clock.advance(MINUTE + 1);
    await part(RenderWork).run(pointer(id), running());
    done();
    await slow;
    const job = await scene.job(user, id);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'STUDIO_1903' }, assets: [] });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
    expect(vendor.accepted).toHaveLength(asked + 1);
  });

  it('one that lost its lease before it asked does not ask', async () => {
    const asked = vendor.accepted.length;
    const id = await scene.submit(user, BY_VENDOR);
    const sleeper = await part(RenderClaims).claim(TEST_TENANT, id);
    app.clock.advance(MINUTE + 1);
    await scene.work();
    if (sleeper === null) throw new Error('nobody claimed the job');
    const renderer = part(Renderers).of('image');
    await expect(
      part(PieceMaker).make(
        { job: sleeper, renderer, piece: 1 },
        { signal: running(), progress: () => undefined },
      ),
    ).rejects.toThrow(LeaseLost);
    expect(vendor.accepted).toHaveLength(asked + 1);
    expect((await scene.job(user, id)).status).toBe('succeeded');
  });

  it('one that is told to stop gives its job back, and the next goes on at once', async () => {
    const id = await scene.submit(user);
    await part(RenderWork).run(pointer(id), AbortSignal.abort(new Error('the worker stops')));
    expect(await scene.job(user, id)).toMatchObject({ status: 'queued', attempts: 1 });
    await scene.work();
    expect(await scene.job(user, id)).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'captured' });
  });

  it('one that is told to stop while the vendor works ends the job: it is never submitted again', async () => {
    vendor.answerNext({ kind: 'hang' });
    const asked = vendor.accepted.length;
    const id = await scene.submit(user, BY_VENDOR);
    const stop = new AbortController();
    const working = part(RenderWork).run(pointer(id), stop.signal);
    await until(() => vendor.accepted.length > asked);
    stop.abort(new Error('the worker stops'));
    await working;
    await scene.work();
    expect(await scene.job(user, id)).toMatchObject({
      status: 'failed',
      attempts: 1,
      error: { code: 'STUDIO_1903' },
    });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
    expect(vendor.accepted).toHaveLength(asked + 1);
  });
});

describe('a storage that cannot be used', () => {
  const storage = () => join(String(app.environment['DATA_DIR']), 'storage');
  const spoil = async () => {
    await rm(storage(), { recursive: true, force: true });
    await writeFile(storage(), 'no folder');
  };
  const mend = async () => {
    await rm(storage(), { force: true });
    await mkdir(storage(), { recursive: true });
  };

  it('is tried again; what is kept at last is charged once', async () => {
    const id = await scene.submit(user);
    await spoil();
    await scene.work();
    expect(await scene.job(user, id)).toMatchObject({ status: 'queued', attempts: 1 });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'open' });
    await mend();
    app.clock.advance(MINUTE);
    await scene.work();
    expect(await scene.job(user, id)).toMatchObject({ status: 'succeeded', attempts: 2, creditsCharged: 20 });
  });

  it('fails the job in the end, and nobody pays', async () => {
    const id = await scene.submit(user);
    await spoil();
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await scene.work();
      app.clock.advance(MINUTE);
    }
    await mend();
    const job = await scene.job(user, id);
    expect(job).toMatchObject({
      status: 'failed',
      attempts: 4,
      error: { code: 'STUDIO_1904' },
      creditsCharged: 0,
    });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
  });

  it('fails a vendor’s picture at once: it was billed to us and is not bought again', async () => {
    const asked = vendor.accepted.length;
    const id = await scene.submit(user, BY_VENDOR);
    await spoil();
    await scene.work();
    app.clock.advance(MINUTE);
    await scene.work();
    await mend();
    expect(await scene.job(user, id)).toMatchObject({
      status: 'failed',
      error: { code: 'STUDIO_1904' },
      attempts: 1,
    });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
    expect(vendor.accepted).toHaveLength(asked + 1);
  });
});
