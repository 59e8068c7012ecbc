import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@eventzr/testing';
import { startService } from '@eventzr/testing';
import { fakeTrack } from '../providers/vendor/vendor-media.fake.js';
import type { FakeCall, FakeReply } from '../providers/vendor/vendor-server.fake.js';
import { FakeVendor } from '../providers/vendor/vendor-server.fake.js';
import { Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';

const MODELS = '/studio/v1/voice-models';
const KEY = 'elevenlabs-fake-for-specs';

/** The vendor's voices as far as we use them: add and delete. */
function startVendor(): Promise<FakeVendor> {
  const voices = new Set<string>();
  const error = (status: number, code: string): FakeReply => ({ status, body: { detail: { status: code } } });
  return FakeVendor.start({
    refusal: ({ headers, method, path, body }: FakeCall) => {
      if (headers['xi-api-key'] !== KEY) return error(401, 'invalid_api_key');
      if (method === 'DELETE') return voices.has(path) ? undefined : error(404, 'voice_not_found');
      if (path.endsWith('/abcdefghij0123456789/with-timestamps')) return undefined;
      if (method !== 'POST' || path !== '/v1/voices/add') return error(404, 'not_found');
      return Buffer.isBuffer(body['files']) && typeof body['name'] === 'string'
        ? undefined
        : error(422, 'invalid_request');
    },
    answer: ({ method, path }) => {
      if (method === 'DELETE') return { status: 200, body: { status: voices.delete(path) ? 'ok' : 'gone' } };
      if (path.endsWith('/with-timestamps'))
        return { status: 200, body: { audio_base64: fakeTrack().toString('base64') } };
      voices.add('/v1/voices/abcdefghij0123456789');
      return { status: 200, body: { voice_id: 'abcdefghij0123456789', requires_verification: false } };
    },
  });
}

describe('voice models', () => {
  let vendor: FakeVendor;
  let app: TestService;
  let scene: Scene;

  beforeAll(async () => {
    vendor = await startVendor();
    app = await startService(studio, {
      environment: { ELEVENLABS_API_KEY: KEY, ELEVENLABS_BASE_URL: vendor.origin },
    });
    scene = new Scene(app);
    app.wallet.balance(10_000);
  });
  afterAll(async () => {
    await app.close();
    await vendor.close();
  });

  async function recording(): Promise<string> {
    const user = await app.as();
    const wish = { text: 'I agree to this.', voice: 'flite-slt', provider: 'local' };
    const { body } = await user.post('/studio/v1/audio/tts').send(wish);
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
    expect(vendor.accepted.at(-1)?.path).toContain('/abcdefghij0123456789/with-timestamps');
    expect(await scene.job(user, spoken.body.data.jobId)).toMatchObject({
      status: 'succeeded',
      creditsCharged: 30,
    });
    expect((await tts(crypto.randomUUID())).body.error.code).toBe('STUDIO_1203');
    const stranger = await app.as({ userId: '00000000-0000-4000-8000-000000000999' });
    expect((await stranger.get(path)).body.error.code).toBe('STUDIO_1203');
    expect((await user.delete(path)).status).toBe(200);
    expect(vendor.accepted.at(-1)).toMatchObject({
      method: 'DELETE',
      path: '/v1/voices/abcdefghij0123456789',
    });
    expect((await user.get(path)).status).toBe(404);
  });

  it('a vendor that fails: the model has failed, and says so', async () => {
    const user = await app.as();
    const assetId = await recording();
    const { body } = await user.post(MODELS).send(wish(assetId));
    vendor.misbehave({ kind: 'status', status: 500 });
    await scene.work();
    expect((await user.get(`${MODELS}/${body.data.id}`)).body.data).toMatchObject({
      state: 'failed',
      errorCode: 'STUDIO_1202',
    });
  });

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
