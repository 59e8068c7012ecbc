import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { ImageProviders } from '../providers/image-providers.js';
import { CpuPool } from '../providers/local/cpu-pool.js';
import { PendingTask } from '../providers/media-provider.js';
import { pendingMethods } from '../providers/pending-images.fake.mjs';
import type { PendingVendor } from '../providers/pending-vendor.fake.js';
import { startPendingVendor } from '../providers/pending-vendor.fake.js';
import { ProviderFault } from '../providers/provider-fault.js';
import type { User } from '../scene.fake.js';
import { CAKE, Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';

const BY_VENDOR = { ...CAKE, provider: 'openai' };
const MINUTE = 60_000;
/** Longer than the vendor's interval of 5 s with its jitter. */
const NEXT_LOOK_MS = 6_500;
const WORKING = { state: 'working', progress: 40 } as const;

describe('a vendor that answers with tasks', () => {
  let app: TestService;
  let scene: Scene;
  let vendor: PendingVendor;
  let user: User;

  beforeAll(async () => {
    vendor = await startPendingVendor();
    app = await startService(studio, { environment: { OPENAI_API_KEY: 'used-by-nobody' } });
    scene = new Scene(app);
    behave({});
  });
  beforeEach(async () => {
    user = await app.as();
    vendor.state = { state: 'done' };
    vendor.states.clear();
    vendor.stopAnswer = 'stopped';
  });
  afterAll(async () => {
    expect(app.wallet.faults).toEqual([]);
    await app.close();
    await vendor.close();
  });

  function behave(more: { recalls?: boolean }): void {
    const provider = app.service.app.get(ImageProviders, { strict: false }).sold('openai');
    const methods = pendingMethods({ ...vendor, ...more }, { PendingTask, ProviderFault });
    Object.assign(provider, methods);
  }
  const later = async (ms = NEXT_LOOK_MS) => {
    app.clock.advance(ms);
    user = await app.as();
    await scene.work();
  };
  const row = async (id: string) =>
    (await scene.rows<Record<string, unknown>>('SELECT * FROM render_jobs WHERE id = $1', [id]))[0];
  const submissions = (id: string) =>
    scene.rows<Record<string, unknown>>(
      'SELECT state, task_id, attempt FROM render_submissions WHERE job_id = $1 ORDER BY variant, attempt',
      [id],
    );
  const storyOf = async (id: string) =>
    (await scene.events(`/studio/v1/render-jobs/${id}/events`)).map(({ event, data }) =>
      event === 'progress' ? `progress ${String(data['progress'])}` : event,
    );

  /** A job whose vendor works on it. */
  async function parked(wish: object = BY_VENDOR): Promise<string> {
    vendor.state = WORKING;
    const id = await scene.submit(user, wish);
    await scene.work();
    expect(await scene.job(user, id)).toMatchObject({ status: 'running', attempts: 1 });
    return id;
  }

  it('parks the job without a lease, looks until it is done, and charges once', async () => {
    const [submits, looks] = [vendor.submits.length, vendor.looks.length];
    const id = await parked();
    expect(await row(id)).toMatchObject({ fence: null, lease_until: null });
    expect(await submissions(id)).toEqual([
      { state: 'pending', task_id: expect.stringMatching(/^task-/), attempt: 1 },
    ]);
    await later(1_000);
    expect(vendor.looks).toHaveLength(looks);
    await later();
    expect(await scene.job(user, id)).toMatchObject({ status: 'running', progress: 38, attempts: 1 });
    vendor.state = { state: 'done' };
    await later();
    expect(await scene.job(user, id)).toMatchObject({ status: 'succeeded', attempts: 1, creditsCharged: 30 });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'captured', captured: 30 });
    expect([vendor.submits.length - submits, vendor.looks.length - looks]).toEqual([1, 2]);
    expect(await storyOf(id)).toEqual(['queued', 'started', 'progress 38', 'progress 95', 'succeeded']);
  });

  it.each([429, 500, 503])('a look answered %d fails nothing', async (status) => {
    const id = await parked();
    vendor.failNext('look', { kind: 'status', status, retryAfterSeconds: 20 });
    await later();
    expect(await scene.job(user, id)).toMatchObject({ status: 'running', attempts: 1 });
    vendor.state = { state: 'done' };
    const looks = vendor.looks.length;
    await later(15_000);
    expect(vendor.looks).toHaveLength(looks);
    await later(11_000);
    expect((await scene.job(user, id)).status).toBe('succeeded');
  });

  it.each([
    ['moderated', 'STUDIO_1005'],
    ['broken', 'STUDIO_1002'],
  ] as const)('a task that ends %s ends the job, unpaid', async (reason, code) => {
    const id = await parked();
    vendor.state = { state: 'failed', reason };
    await later();
    expect(await scene.job(user, id)).toMatchObject({ status: 'failed', error: { code } });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
  });

  it('a task that failed of overload is asked for anew, as another attempt', async () => {
    const submits = vendor.submits.length;
    const id = await parked();
    vendor.state = { state: 'failed', reason: 'overloaded' };
    await later();
    expect(await scene.job(user, id)).toMatchObject({ status: 'queued', attempts: 1 });
    vendor.state = { state: 'done' };
    await later(MINUTE);
    await later();
    expect(await scene.job(user, id)).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(vendor.submits.length - submits).toBe(2);
  });

  it('nobody stands in once a vendor has begun, however its tasks end', async () => {
    const id = await parked({ ...CAKE, provider: undefined });
    vendor.state = { state: 'failed', reason: 'overloaded' };
    for (let looks = 0; looks < 8; looks += 1) await later(MINUTE);
    expect(await scene.job(user, id)).toMatchObject({
      status: 'failed',
      provider: 'openai',
      attempts: 4,
      error: { code: 'STUDIO_1002' },
    });
    expect(await storyOf(id)).not.toContain('fallback');
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
  });

  it('a finished task whose label cannot be drawn now is fetched again, never made again', async () => {
    const submits = vendor.submits.length;
    const id = await parked({ ...BY_VENDOR, label: true });
    vendor.state = { state: 'done' };
    const crowd = crowded(app.service.app.get(CpuPool, { strict: false }));
    await later();
    await crowd.leave();
    expect(await submissions(id)).toMatchObject([{ state: 'pending' }]);
    await later(MINUTE);
    expect(await scene.job(user, id)).toMatchObject({ status: 'succeeded', creditsCharged: 30 });
    expect(vendor.submits.length - submits).toBe(1);
  });

  it('the deadline ends the job, gives the credits back and stops the task', async () => {
    const stops = vendor.stops.length;
    const id = await parked();
    await later(16 * MINUTE);
    await later(1);
    expect(await scene.job(user, id)).toMatchObject({ status: 'failed', error: { code: 'STUDIO_1003' } });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
    expect(vendor.stops.length - stops).toBe(1);
    expect(await submissions(id)).toMatchObject([{ state: 'stopped' }]);
  });

  it('a lost queue entry is brought back by the sweep; nothing is submitted again', async () => {
    const submits = vendor.submits.length;
    const id = await parked();
    await scene.rows('DELETE FROM graphile_worker._private_jobs');
    vendor.state = { state: 'done' };
    await later(30_000);
    expect((await scene.job(user, id)).status).toBe('running');
    expect(await scene.sweep('sweep-stuck')).toMatchObject({ succeeded: 1 });
    await scene.work();
    expect((await scene.job(user, id)).status).toBe('succeeded');
    expect(vendor.submits.length - submits).toBe(1);
  });

  it('variants: each has its task; the refused one is not charged', async () => {
    const first = vendor.submits.length;
    const id = await parked({ ...BY_VENDOR, variants: 3 });
    expect(vendor.submits.length - first).toBe(3);
    vendor.states.set(`task-${first + 2}`, { state: 'failed', reason: 'moderated' });
    vendor.states.set(`task-${first + 3}`, WORKING);
    vendor.state = { state: 'done' };
    await later();
    expect(await scene.job(user, id)).toMatchObject({ status: 'running', assets: [] });
    vendor.states.delete(`task-${first + 3}`);
    await later();
    const job = await scene.job(user, id);
    expect(job).toMatchObject({
      status: 'succeeded',
      creditsReserved: 90,
      creditsCharged: 60,
      output: { delivered: 2, refused: 1 },
    });
    expect(job.assets).toHaveLength(2);
    expect(await scene.holdOf(id)).toMatchObject({ state: 'captured', captured: 60 });
    expect(vendor.submits.length - first).toBe(3);
  });

  describe('cancel while the vendor works', () => {
    it.each([
      ['stopped', 0, 'released'],
      ['unknown', 0, 'released'],
      ['charged', 30, 'captured'],
    ] as const)('%s: %d credits', async (outcome, credits, hold) => {
      const id = await parked();
      vendor.stopAnswer = outcome;
      const stops = vendor.stops.length;
      const accepted = await user.post(`/studio/v1/render-jobs/${id}/cancel`);
      expect(accepted.body.data).toMatchObject({
        status: 'running',
        cancelRequestedAt: expect.any(String),
        creditsCharged: 0,
      });
      expect(await scene.holdOf(id)).toMatchObject({ state: 'open' });
      expect((await user.post(`/studio/v1/render-jobs/${id}/cancel`)).status).toBe(200);
      vendor.state = { state: 'done' };
      await scene.work();
      expect(await scene.job(user, id)).toMatchObject({
        status: 'cancelled',
        creditsCharged: credits,
        assets: [],
      });
      expect(await scene.holdOf(id)).toMatchObject({ state: hold, captured: credits });
      expect(vendor.stops.length - stops).toBe(1);
      await later();
      expect((await scene.job(user, id)).status).toBe('cancelled');
      expect(await scene.files(id)).toEqual([]);
      expect((await user.post(`/studio/v1/render-jobs/${id}/cancel`)).status).toBe(409);
    });
  });

  it('a cancel that nobody carried out before the deadline stops the task all the same', async () => {
    const stops = vendor.stops.length;
    const id = await parked();
    await user.post(`/studio/v1/render-jobs/${id}/cancel`);
    await scene.rows('DELETE FROM graphile_worker._private_jobs');
    app.clock.advance(16 * MINUTE);
    user = await app.as();
    expect(await scene.sweep('sweep-stuck')).toMatchObject({ succeeded: 1 });
    await scene.work();
    expect(await scene.job(user, id)).toMatchObject({ status: 'cancelled', creditsCharged: 0 });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
    expect(vendor.stops.length - stops).toBe(1);
    expect(await submissions(id)).toMatchObject([{ state: 'stopped' }]);
  });

  it('a result that comes while the job is being cancelled is stored nowhere', async () => {
    const id = await parked();
    const provider = app.service.app.get(ImageProviders, { strict: false }).sold('openai');
    const poll = provider.poll.bind(provider);
    Object.assign(provider, {
      poll: async (...request: Parameters<typeof poll>) => {
        const made = await poll(...request);
        expect((await user.post(`/studio/v1/render-jobs/${id}/cancel`)).status).toBe(200);
        return made;
      },
    });
    vendor.state = { state: 'done' };
    await later();
    behave({});
    expect(await scene.job(user, id)).toMatchObject({
      status: 'cancelled',
      assets: [],
      creditsCharged: 0,
    });
    expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
    expect(await scene.files(id)).toEqual([]);
  });

  describe('a submit whose answer never came', () => {
    it('is found by its key and adopted, never sent again', async () => {
      behave({ recalls: true });
      const submits = vendor.submits.length;
      vendor.failNext('submit', { kind: 'hang' });
      vendor.state = WORKING;
      const id = await scene.submit(user, BY_VENDOR);
      const working = scene.work();
      const cut = await untilSubmitted(submits);
      cut();
      await working;
      expect(await scene.job(user, id)).toMatchObject({ status: 'running', attempts: 1 });
      expect(await submissions(id)).toMatchObject([{ state: 'submitting', task_id: null }]);
      await later(40_000);
      expect(await submissions(id)).toMatchObject([{ state: 'pending' }]);
      vendor.state = { state: 'done' };
      await later();
      expect(await scene.job(user, id)).toMatchObject({ status: 'succeeded', creditsCharged: 30 });
      expect(vendor.submits.length - submits).toBe(1);
    });

    it('fails and is released when the vendor knows nothing of it for ten minutes', async () => {
      behave({ recalls: true });
      const provider = app.service.app.get(ImageProviders, { strict: false }).sold('openai');
      Object.assign(provider, {
        generate: () =>
          Promise.reject(
            new ProviderFault({ provider: 'openai', kind: 'unknown_outcome', message: 'broken' }),
          ),
      });
      const id = await scene.submit(user, BY_VENDOR);
      await scene.work();
      for (let looks = 0; looks < 3; looks += 1) {
        await later(3 * MINUTE);
        expect(await scene.job(user, id)).toMatchObject({ status: 'running', attempts: 1 });
      }
      await later(2 * MINUTE);
      expect(await scene.job(user, id)).toMatchObject({ status: 'failed', error: { code: 'STUDIO_1903' } });
      expect(await scene.holdOf(id)).toMatchObject({ state: 'released' });
      behave({ recalls: true });
    });

    /** Resolves with what breaks the connection, once the vendor has the task. */
    async function untilSubmitted(before: number): Promise<() => void> {
      while (vendor.submits.length === before) await new Promise((resolve) => setImmediate(resolve));
      return () => vendor.dropConnections();
    }
  });
});

/** Fills the engines with work that ends when it is told to: nothing else has a turn, nor a place to wait. */
function crowded(cpus: CpuPool): { leave(): Promise<void> } {
  const url = new URL(
    `data:text/javascript,${encodeURIComponent('export default () => new Promise(() => setInterval(() => 0, 1000))')}`,
  );
  const ended = new AbortController();
  const run = { signal: ended.signal, timeoutMs: MINUTE };
  const work = Promise.allSettled(Array.from({ length: 80 }, () => cpus.run({ url }, null, run)));
  return {
    async leave() {
      ended.abort();
      await work;
    },
  };
}
