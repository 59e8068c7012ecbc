import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, TEST_USER } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { startFakeOpenAiImages } from '../providers/openai/openai-images.fake.js';
import type { FakeOpenAiImages } from '../providers/openai/openai-images.fake.js';
import { CAKE, Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';

const JOBS = '/studio/v1/render-jobs';
const ADMIN = '00000000-0000-4000-8000-00000000ad31';
const BY_VENDOR = { ...CAKE, provider: 'openai' };

describe('dead letters', () => {
  let app: TestService;
  let scene: Scene;
  let vendor: FakeOpenAiImages;

  beforeAll(async () => {
    vendor = await startFakeOpenAiImages();
    const environment = { OPENAI_API_KEY: vendor.apiKey, OPENAI_BASE_URL: vendor.baseUrl };
    app = await startService(studio, { environment });
    scene = new Scene(app);
  });
  afterAll(async () => {
    await app.close();
    await vendor.close();
  });

  const user = () => app.as();
  const admin = () => app.as({ userId: ADMIN, roles: ['admin'] });

  it('are what failed after all attempts and what nobody knows of; admins see them and drive them again', async () => {
    const refused = await scene.submit(await user(), BY_VENDOR);
    vendor.answerNext({ kind: 'status', status: 400, body: { error: { code: 'moderation_blocked' } } });
    await scene.work();
    vendor.answerNext({ kind: 'break' });
    const unknown = await scene.submit(await user(), BY_VENDOR);
    await scene.work();
    for (let tries = 0; tries < 4; tries += 1) vendor.answerNext({ kind: 'status', status: 503 });
    const hopeless = await scene.submit(await user(), BY_VENDOR);
    for (let tries = 0; tries < 4; tries += 1) {
      await scene.work();
      app.clock.advance(61_000);
    }

    const { body } = await (await admin()).get(`${JOBS}?deadLetter=true`);
    expect(body.data).toMatchObject([
      { id: hopeless, attempts: 4, error: { code: 'STUDIO_1002' } },
      { id: unknown, attempts: 1, error: { code: 'STUDIO_1903' } },
    ]);
    expect((await (await user()).get(`${JOBS}?deadLetter=true`)).status).toBe(403);
    const organizer = await app.as({ roles: ['organizer'] });
    expect((await organizer.get(`${JOBS}?deadLetter=true`)).status).toBe(403);
    expect((await organizer.post(`${JOBS}/${unknown}/redrive`)).status).toBe(403);
    expect((await (await admin()).post(`${JOBS}/${refused}/redrive`)).status).toBe(409);

    const redriven = await (await admin()).post(`${JOBS}/${unknown}/redrive`);
    expect(redriven.status).toBe(202);
    await scene.work();
    const job = await scene.job(await user(), redriven.body.data.jobId);
    expect(job).toMatchObject({ status: 'succeeded', retryOf: unknown, creditsCharged: 30 });
    const [row] = await scene.rows<{ user_id: string }>('SELECT user_id FROM render_jobs WHERE id = $1', [
      job.id,
    ]);
    expect(row?.user_id).toBe(TEST_USER);
    expect(await scene.holdOf(job.id)).toMatchObject({ state: 'captured', captured: 30, userId: ADMIN });
  });

  it('is driven again once: of two at once one wins, the other gets 409 and its hold back', async () => {
    vendor.answerNext({ kind: 'break' });
    const lost = await scene.submit(await user(), BY_VENDOR);
    await scene.work();
    const [one, other] = [await admin(), await admin()];
    const holds = app.wallet.holds.length;
    const answers = await Promise.all([
      one.post(`${JOBS}/${lost}/redrive`),
      other.post(`${JOBS}/${lost}/redrive`),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.error.code).toBe('STUDIO_1905');
    await scene.work();
    const made = await scene.rows('SELECT id FROM render_jobs WHERE retry_of = $1', [lost]);
    expect(made).toHaveLength(1);
    const states = app.wallet.holds.slice(holds).map(({ state }) => state);
    expect(states.filter((state) => state === 'captured')).toHaveLength(1);
    expect(states.filter((state) => state === 'open')).toHaveLength(0);

    const taken = app.wallet.taken.length;
    const late = await one.post(`${JOBS}/${lost}/redrive`);
    expect([late.status, late.body.error.code, app.wallet.taken.length]).toEqual([409, 'STUDIO_1905', taken]);
    const { body } = await one.get(`${JOBS}?deadLetter=true`);
    expect(body.data.map(({ id }: { id: string }) => id)).not.toContain(lost);
  });

  it('stays one when it could not be driven again', async () => {
    vendor.answerNext({ kind: 'break' });
    const lost = await scene.submit(await user(), BY_VENDOR);
    await scene.work();
    app.wallet.balance(0);
    expect((await (await admin()).post(`${JOBS}/${lost}/redrive`)).status).toBe(402);
    app.wallet.balance(1_000);
    expect((await (await admin()).post(`${JOBS}/${lost}/redrive`)).status).toBe(202);
  });
});
