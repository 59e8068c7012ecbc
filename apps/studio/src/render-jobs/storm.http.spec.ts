import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startService, TEST_TENANT } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { ImageProviders } from '../providers/image-providers.js';
import { PendingTask } from '../providers/media-provider.js';
import { pendingMethods } from '../providers/pending-images.fake.mjs';
import type { PendingVendor } from '../providers/pending-vendor.fake.js';
import { startPendingVendor } from '../providers/pending-vendor.fake.js';
import { ProviderFault } from '../providers/provider-fault.js';
import { CAKE, Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';

const CREDITS = 1_000_000;

describe('many jobs at once', () => {
  let app: TestService;
  let scene: Scene;
  let vendor: PendingVendor;

  beforeAll(async () => {
    vendor = await startPendingVendor();
    app = await startService(studio, {
      environment: { OPENAI_API_KEY: 'used-by-nobody', RATE_LIMIT: 'off' },
    });
    scene = new Scene(app);
    const provider = app.service.app.get(ImageProviders, { strict: false }).sold('openai');
    Object.assign(provider, pendingMethods(vendor, { PendingTask, ProviderFault }));
  });
  afterAll(async () => {
    await app.close();
    await vendor.close();
  });

  it('50 jobs of mixed kinds with credit for 20: exactly 20 run', async () => {
    const userId = '00000000-0000-4000-8000-000000000020';
    const user = await app.as({ userId });
    // Both kinds cost the same in this size, so that the order does not matter.
    const price = 30;
    app.wallet.balance(20 * price);
    const wishes = Array.from({ length: 50 }, (_, index) =>
      index % 2 === 0 ? { ...CAKE, width: 1024, height: 1024 } : { ...CAKE, provider: 'openai' },
    );
    const answers = await Promise.all(
      wishes.map((wish) => user.post('/studio/v1/images/generate').send(wish)),
    );
    const accepted = answers.filter(({ status }) => status === 202);
    expect(answers.filter(({ status }) => status === 402)).toHaveLength(30);
    expect(accepted).toHaveLength(20);
    await scene.work();
    app.clock.advance(6_500);
    await scene.work();
    for (const { body } of accepted)
      expect(await scene.job(user, body.data.jobId)).toMatchObject({
        status: 'succeeded',
        creditsCharged: price,
      });
    expect(app.wallet.available(TEST_TENANT, userId)).toBe(0);
    app.wallet.balance(CREDITS);
  });

  it('a storm of cancels at random moments: ledger and jobs agree', async () => {
    const moment = fc.record({
      vendor: fc.boolean(),
      variants: fc.integer({ min: 1, max: 2 }),
      stop: fc.constantFrom('stopped' as const, 'charged' as const, 'unknown' as const),
      state: fc.constantFrom('working' as const, 'done' as const, 'overloaded' as const),
      waitMs: fc.constantFrom(0, 6_500, 70_000),
      when: fc.constantFrom('queued' as const, 'during' as const, 'parked' as const, 'never' as const),
    });
    await fc.assert(fc.asyncProperty(fc.array(moment, { minLength: 1, maxLength: 3 }), storm), {
      numRuns: 8,
      seed: 20_261_127,
    });
    expect(app.wallet.faults).toEqual([]);
  }, 60_000);

  interface Moment {
    readonly vendor: boolean;
    readonly variants: number;
    readonly stop: PendingVendor['stopAnswer'];
    readonly state: 'working' | 'done' | 'overloaded';
    readonly waitMs: number;
    readonly when: 'queued' | 'during' | 'parked' | 'never';
  }

  async function storm(moments: Moment[]): Promise<void> {
    let user = await app.as();
    const ids: string[] = [];
    for (const moment of moments) {
      vendor.stopAnswer = moment.stop;
      vendor.state =
        moment.state === 'working'
          ? { state: 'working', progress: 20 }
          : moment.state === 'done'
            ? { state: 'done' }
            : { state: 'failed', reason: 'overloaded' };
      const wish = { ...CAKE, variants: moment.variants, provider: moment.vendor ? 'openai' : 'local' };
      const id = await scene.submit(user, wish);
      ids.push(id);
      const cancel = () => user.post(`/studio/v1/render-jobs/${id}/cancel`);
      if (moment.when === 'queued') await cancel();
      if (moment.when === 'during') await Promise.all([scene.work(), cancel()]);
      await scene.work();
      if (moment.when === 'parked') await Promise.all([cancel(), cancel()]);
      app.clock.advance(moment.waitMs);
      user = await app.as();
      await scene.work();
    }
    // Whatever is left comes to its deadline.
    app.clock.advance(20 * 60_000);
    await scene.work();
    await scene.sweep('sweep-stuck');
    await scene.work();
    user = await app.as();
    for (const id of ids) {
      const job = await scene.job(user, id);
      const hold = await scene.holdOf(id);
      expect(['succeeded', 'failed', 'cancelled']).toContain(job.status);
      expect([hold?.state, hold?.captured]).toEqual(
        job.creditsCharged > 0 ? ['captured', job.creditsCharged] : ['released', 0],
      );
      if (job.status === 'succeeded') expect(job.creditsCharged).toBe(job.creditsReserved);
      if (job.status !== 'succeeded') expect(job.assets).toEqual([]);
      if (job.status === 'failed') expect(job.creditsCharged).toBe(0);
      const ends = await scene.rows(
        "SELECT FROM render_job_events WHERE job_id = $1 AND type IN ('succeeded', 'failed', 'cancelled')",
        [id],
      );
      expect(ends).toHaveLength(1);
    }
  }
});
