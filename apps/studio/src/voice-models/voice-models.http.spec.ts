import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { JobPool } from '@eventzr/db';
import type { TestService } from '@eventzr/testing';
import { startService } from '@eventzr/testing';
import {
  type FakeElevenLabsVoices,
  startFakeElevenLabsVoices,
} from '../providers/elevenlabs/elevenlabs-voices.fake.js';
import type { FakeVendor } from '../providers/vendor/vendor-server.fake.js';
import { Scene, type User } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';
import { LAST_LOOK_MS, SILENT_AFTER_MS, UNCLEAR_LOOK_MS } from './voice-outcome.js';

const MODELS = '/studio/v1/voice-models';
const SWEEP = 'sweep-voice-models';

describe('voice models', () => {
  let fake: FakeElevenLabsVoices;
  let vendor: FakeVendor;
  let app: TestService;
  let scene: Scene;

  beforeAll(async () => {
    fake = await startFakeElevenLabsVoices();
    ({ vendor } = fake);
    app = await startService(studio, {
      environment: { ELEVENLABS_API_KEY: fake.apiKey, ELEVENLABS_BASE_URL: vendor.origin },
    });
    scene = new Scene(app);
    app.wallet.balance(10_000);
  });
  afterEach(() => vendor.calm());
  afterAll(async () => {
    await app.close();
    await vendor.close();
  });

  let spoken: Promise<string> | undefined;
  const recording = () => (spoken ??= speak());

  async function speak(): Promise<string> {
    const user = await app.as();
    const said = { text: 'I agree to this.', voice: 'flite-slt', provider: 'local' };
    const { body } = await user.post('/studio/v1/audio/tts').send(said);
    await scene.work();
    return (await scene.job(user, body.data.jobId)).assets[0].id;
  }
  const wish = (assetId: string) => ({
    name: 'Our host',
    consent: {
      speaker: 'Asha Rao',
      statement: 'I agree that you make a voice of mine.',
      recording: { assetId },
    },
    samples: [{ assetId }],
  });

  it('keeps no recording of a person when one of them is refused, and no second copy when all are taken', async () => {
    const user = await app.as();
    const assetId = await recording();
    const half = { ...wish(assetId), samples: [{ assetId }, { assetId: crypto.randomUUID() }] };
    const { status, body } = await user.post(MODELS).send(half);
    expect([status, body.error.code]).toEqual([404, 'STUDIO_2000']);
    expect([await scene.files('voice-models'), await scene.files('inputs')]).toEqual([[], []]);
    const whole = await user.post(MODELS).send(wish(assetId));
    expect([whole.status, await scene.files('inputs')]).toEqual([201, []]);
    expect((await scene.files('voice-models')).sort()).toEqual(['consent', 'sample-1']);
    await scene.work();
    expect((await user.delete(`${MODELS}/${whole.body.data.id}`)).status).toBe(200);
  });

  it('records the consent, has the voice made, tells it, and removes it at the vendor too', async () => {
    const user = await app.as();
    await scene.hook(['voice-model.created', 'voice-model.ready']);
    const made = await user.post(MODELS).send(wish(await recording()));
    expect([made.status, made.body.error]).toEqual([201, null]);
    expect(made.body.data).toMatchObject({ state: 'pending', provider: 'elevenlabs', readyAt: null });
    expect(made.body.data.consent).toMatchObject({ speaker: 'Asha Rao', recordedBy: expect.any(String) });
    await scene.work();
    const path = `${MODELS}/${made.body.data.id}`;
    expect((await user.get(path)).body.data).toMatchObject({ state: 'ready', errorCode: null });
    const types = (await scene.rows<{ type: string }>('SELECT type FROM platform.outbox_events')).map(
      ({ type }) => type,
    );
    expect(types).toEqual(
      expect.arrayContaining([
        'eventzr.studio.voice-model.created.v1',
        'eventzr.studio.voice-model.ready.v1',
      ]),
    );
    expect(await scene.told()).toEqual(
      [
        { event_type: 'voice-model.created', data: { voiceModelId: made.body.data.id } },
        { event_type: 'voice-model.ready', data: { voiceModelId: made.body.data.id } },
      ].map((each) => expect.objectContaining({ ...each, data: expect.objectContaining(each.data) })),
    );
    expect((await user.patch(path).send({ name: 'Another' })).body.data.name).toBe('Another');
    expect((await user.get(MODELS)).body.data).toHaveLength(1);
    const tts = (voiceModelId: string) =>
      user.post('/studio/v1/audio/tts').send({ text: 'Welcome.', voiceModelId });
    const spoken = await tts(made.body.data.id);
    expect(spoken.body.data).toMatchObject({ creditsReserved: 30 });
    await scene.work();
    const [voice = ''] = fake.voices.keys();
    expect(vendor.accepted.at(-1)?.path).toContain(`/${voice}/with-timestamps`);
    expect(await scene.job(user, spoken.body.data.jobId)).toMatchObject({
      status: 'succeeded',
      creditsCharged: 30,
    });
    expect((await tts(crypto.randomUUID())).body.error.code).toBe('STUDIO_1203');
    const stranger = await app.as({ userId: '00000000-0000-4000-8000-000000000999' });
    expect((await stranger.get(path)).body.error.code).toBe('STUDIO_1203');
    expect((await user.delete(path)).status).toBe(200);
    expect(vendor.accepted.at(-1)).toMatchObject({ method: 'DELETE', path: `/v1/voices/${voice}` });
    expect(fake.voices.size).toBe(0);
    expect((await user.get(path)).status).toBe(404);
  });

  /** A new model that nobody has worked on yet. */
  async function asked(user: User): Promise<string> {
    const made = await user.post(MODELS).send(wish(await recording()));
    expect([made.status, made.body.error]).toEqual([201, null]);
    return made.body.data.id;
  }
  const shown = async (user: User, id: string) => (await user.get(`${MODELS}/${id}`)).body.data;
  const kept = (id: string) =>
    scene.rows<{ state: string }>('SELECT * FROM voice_models WHERE id = $1', [id]);
  const adds = () => vendor.accepted.filter(({ path }) => path === '/v1/voices/add').length;
  async function later(ms: number) {
    app.clock.advance(ms + 1_000);
    const report = await scene.sweep(SWEEP);
    await scene.work();
    return report;
  }
  /** As a worker that died in the middle leaves it. */
  const abandon = (id: string, state: string) =>
    scene.rows('UPDATE voice_models SET state = $2, look_at = $3 WHERE id = $1', [
      id,
      state,
      new Date(app.clock.now().getTime() + SILENT_AFTER_MS),
    ]);

  it('a vendor that refuses: the model has failed at once, and says so', async () => {
    const user = await app.as();
    const id = await asked(user);
    vendor.misbehave({ kind: 'status', status: 422 });
    await scene.work();
    expect(await shown(user, id)).toMatchObject({ state: 'failed', errorCode: 'STUDIO_1202' });
    expect((await user.delete(`${MODELS}/${id}`)).status).toBe(200);
    expect(await kept(id)).toEqual([]);
  });

  it('a voice whose queue entry was lost is made after all, once', async () => {
    const user = await app.as();
    const id = await asked(user);
    await scene.rows('DELETE FROM graphile_worker._private_jobs');
    await scene.work();
    expect((await shown(user, id)).state).toBe('pending');
    const before = adds();
    expect(await later(SILENT_AFTER_MS)).toMatchObject({ succeeded: 1, failed: 0 });
    expect((await shown(user, id)).state).toBe('ready');
    expect(adds()).toBe(before + 1);
    expect(await later(SILENT_AFTER_MS)).toMatchObject({ processed: 0 });
    await user.delete(`${MODELS}/${id}`);
    expect(fake.voices.size).toBe(0);
  });

  it('a voice whose answer was lost is found at the vendor and is ready, told once, paid once', async () => {
    const user = await app.as();
    const id = await asked(user);
    const before = adds();
    fake.loseNextAnswer();
    await scene.work();
    expect((await shown(user, id)).state).toBe('training');
    await later(UNCLEAR_LOOK_MS);
    expect(await shown(user, id)).toMatchObject({ state: 'ready', errorCode: null });
    expect([adds(), fake.voices.size]).toEqual([before + 1, 1]);
    const told = await scene.rows(
      "SELECT 1 FROM platform.outbox_events WHERE aggregate_id = $1 AND type LIKE '%ready%'",
      [id],
    );
    expect(told).toHaveLength(1);
    await user.delete(`${MODELS}/${id}`);
    expect(fake.voices.size).toBe(0);
  });

  it('a training whose worker died fails when the vendor knows no such voice', async () => {
    const user = await app.as();
    const id = await asked(user);
    await scene.rows('DELETE FROM graphile_worker._private_jobs');
    await abandon(id, 'training');
    await later(SILENT_AFTER_MS);
    expect(await shown(user, id)).toMatchObject({ state: 'failed', errorCode: 'STUDIO_1202' });
    expect(await later(LAST_LOOK_MS)).toMatchObject({ succeeded: 1 });
    expect(await later(LAST_LOOK_MS)).toMatchObject({ processed: 0 });
  });

  it('a voice that shows up after its model has failed is removed at the vendor', async () => {
    const user = await app.as();
    const id = await asked(user);
    vendor.misbehave({ kind: 'break' });
    await scene.work();
    await later(UNCLEAR_LOOK_MS);
    expect((await shown(user, id)).state).toBe('failed');
    const form = new FormData();
    form.append('name', 'Our host');
    form.append('description', `EventZR voice model ${id}`);
    form.append('files', new Blob(['late']), 'late');
    const headers = { 'xi-api-key': fake.apiKey };
    await fetch(`${vendor.origin}/v1/voices/add`, { method: 'POST', headers, body: form });
    expect(fake.voices.size).toBe(1);
    await later(LAST_LOOK_MS);
    expect(fake.voices.size).toBe(0);
  });

  it('a voice that the vendor wants verified cannot speak: it is removed there, and the model has failed', async () => {
    const user = await app.as();
    const id = await asked(user);
    fake.verifyNext();
    await scene.work();
    expect([(await shown(user, id)).state, fake.voices.size]).toEqual(['failed', 0]);
  });

  it('a model that is deleted while its answer is lost leaves nothing: neither here nor at the vendor', async () => {
    const user = await app.as();
    const id = await asked(user);
    fake.loseNextAnswer();
    await scene.work();
    expect((await user.delete(`${MODELS}/${id}`)).status).toBe(200);
    expect((await user.get(`${MODELS}/${id}`)).status).toBe(404);
    expect((await user.get(MODELS)).body.data.map((each: { id: string }) => each.id)).not.toContain(id);
    expect(await kept(id)).toMatchObject([{ state: 'removed', name: 'removed', consent: {}, samples: [] }]);
    await later(LAST_LOOK_MS);
    expect([await kept(id), fake.voices.size]).toEqual([[], 0]);
  });

  it('a vendor that does not answer the look is asked again, and no other voice waits for it', async () => {
    const user = await app.as();
    const ids = [await asked(user), await asked(user)];
    fake.loseNextAnswer();
    await scene.work();
    vendor.misbehave({ kind: 'status', status: 503 });
    const report = await later(UNCLEAR_LOOK_MS);
    expect(report).toMatchObject({ failed: 1 });
    await later(UNCLEAR_LOOK_MS);
    for (const id of ids) {
      expect((await shown(user, id)).state).toBe('ready');
      await user.delete(`${MODELS}/${id}`);
    }
    expect(fake.voices.size).toBe(0);
  });

  it('speech of a voice that was deleted is not tried again: refused before anything is held', async () => {
    const user = await app.as();
    const id = await asked(user);
    await scene.work();
    const spoken = await user.post('/studio/v1/audio/tts').send({ text: 'Welcome.', voiceModelId: id });
    const { jobId } = spoken.body.data;
    expect((await user.post(`/studio/v1/render-jobs/${jobId}/cancel`)).status).toBe(200);
    const again = () => user.post(`/studio/v1/render-jobs/${jobId}/retry`);
    const before = await again();
    expect(before.status).toBe(202);
    await user.delete(`${MODELS}/${id}`);
    const holds = app.wallet.taken.length;
    const refused = await again();
    expect([refused.status, refused.body.error?.code]).toEqual([404, 'STUDIO_1203']);
    expect(app.wallet.taken).toHaveLength(holds);
    // What was still in the queue ends without a charge: the vendor has no such voice any more.
    await scene.work();
    expect(await scene.job(user, before.body.data.jobId)).toMatchObject({
      status: 'failed',
      creditsCharged: 0,
    });
    expect(await scene.holdOf(before.body.data.jobId)).toMatchObject({ state: 'released' });
  });

  it('keeps no recordings when a later one cannot be had', async () => {
    const user = await app.as();
    const assetId = await recording();
    const before = await files();
    const missing = { ...wish(assetId), samples: [{ assetId: crypto.randomUUID() }] };
    expect((await user.post(MODELS).send(missing)).status).toBe(404);
    expect(await files()).toEqual(before);
  });

  it('the job role finds due voices and sees nothing else of them', async () => {
    const jobs = app.service.app.get(JobPool, { strict: false });
    await expect(jobs.query('SELECT tenant_id, id, look_at FROM voice_models', [])).resolves.toBeDefined();
    for (const column of ['name', 'consent', 'samples', 'vendor_voice_id', 'user_id', 'state'])
      await expect(jobs.query(`SELECT ${column} FROM voice_models`, [])).rejects.toThrow(/permission denied/);
    await expect(jobs.query('UPDATE voice_models SET look_at = now()', [])).rejects.toThrow(
      /permission denied/,
    );
    await expect(jobs.query('DELETE FROM voice_models', [])).rejects.toThrow(/permission denied/);
  });

  async function files(): Promise<string[]> {
    const folder = join(String(app.environment['DATA_DIR']), 'storage');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((each) => each.isFile() && each.parentPath.includes('voice-models'))
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
  }

  it.each([
    ['no consent', { consent: undefined }],
    ['no samples', { samples: [] }],
  ])('400 without %s', async (_what, change) => {
    const { status } = await (await app.as()).post(MODELS).send({ ...wish(crypto.randomUUID()), ...change });
    expect(status).toBe(400);
  });
});

describe('voice models without a vendor', () => {
  it('503: no voice is cloned on this machine', async () => {
    const app = await startService(studio);
    try {
      const recording = { assetId: crypto.randomUUID() };
      const consent = { speaker: 'A', statement: 'I agree that you make a voice.', recording };
      const { status, body } = await (
        await app.as()
      )
        .post(MODELS)
        .send({ name: 'x', consent, samples: [recording] });
      expect([status, body.error.code]).toEqual([503, 'PROVIDER_NOT_CONFIGURED']);
    } finally {
      await app.close();
    }
  });
});
