import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { Webhook } from 'standardwebhooks';
import { verifyElevenLabs, verifyStandardWebhook } from '../providers/callback-verifier.js';
import { ImageProviders } from '../providers/image-providers.js';
import { PendingTask } from '../providers/media-provider.js';
import { pendingMethods } from '../providers/pending-images.fake.mjs';
import type { PendingVendor } from '../providers/pending-vendor.fake.js';
import { startPendingVendor } from '../providers/pending-vendor.fake.js';
import { ProviderFault } from '../providers/provider-fault.js';
import type { User } from '../scene.fake.js';
import { CAKE, Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';
import { CallbackVerifiers } from './callback-verifiers.js';

const PUBLIC = 'https://media.example.com';

describe('POST /callbacks/:provider', () => {
  let app: TestService;
  let scene: Scene;
  let vendor: PendingVendor;
  let user: User;

  beforeAll(async () => {
    vendor = await startPendingVendor();
    const environment = { OPENAI_API_KEY: 'used-by-nobody', PUBLIC_BASE_URL: PUBLIC };
    app = await startService(studio, { environment });
    scene = new Scene(app);
    const provider = app.service.app.get(ImageProviders, { strict: false }).sold('openai');
    Object.assign(provider, pendingMethods(vendor, { PendingTask, ProviderFault }));
  });
  beforeEach(async () => {
    user = await app.as();
    vendor.state = { state: 'working', progress: 10 };
  });
  afterAll(async () => {
    await app.close();
    await vendor.close();
  });

  async function parked(): Promise<{ id: string; path: string }> {
    const id = await scene.submit(user, { ...CAKE, provider: 'openai' });
    await scene.work();
    const url = vendor.callbackUrls.at(-1) ?? '';
    expect(url.startsWith(`${PUBLIC}/studio/v1/callbacks/openai?job=`)).toBe(true);
    return { id, path: url.slice(PUBLIC.length) };
  }
  const call = (path: string, body: object = { id: 'event-1', status: 'done' }) =>
    app.request().post(path).send(body);

  it('makes the job look at once; what the callback says is not believed', async () => {
    const { id, path } = await parked();
    const looks = vendor.looks.length;
    expect((await call(path)).status).toBe(200);
    await scene.work();
    expect(vendor.looks.length - looks).toBe(1);
    expect((await scene.job(user, id)).status).toBe('running');
    vendor.state = { state: 'done' };
    expect((await call(path, { id: 'event-2' })).status).toBe(200);
    await scene.work();
    expect(await scene.job(user, id)).toMatchObject({ status: 'succeeded', creditsCharged: 30 });
  });

  it('a repetition has no effect', async () => {
    const { path } = await parked();
    const looks = vendor.looks.length;
    for (const _ of [1, 2, 3]) {
      expect((await call(path)).status).toBe(200);
      await scene.work();
    }
    expect(vendor.looks.length - looks).toBe(1);
  });

  it('one that comes when the job has ended is heard without effect', async () => {
    const { id, path } = await parked();
    await user.post(`/studio/v1/render-jobs/${id}/cancel`);
    await scene.work();
    const looks = vendor.looks.length;
    vendor.state = { state: 'done' };
    expect((await call(path)).status).toBe(200);
    await scene.work();
    expect(vendor.looks).toHaveLength(looks);
    expect(await scene.job(user, id)).toMatchObject({ status: 'cancelled', assets: [] });
  });

  it('401 without a credential, for one of another job, piece, provider or tenant, and for one that is over', async () => {
    const [one, other] = [await parked(), await parked()];
    const [tenant = '', , piece = '', ...rest] = one.path.slice(one.path.indexOf('=') + 1).split('.');
    const base = '/studio/v1/callbacks/openai';
    const forged = [
      base,
      `${base}?job=`,
      `${base}?job=${tenant}.${other.id}.${piece}.${rest.join('.')}`,
      `${base}?job=${tenant}.${one.id}.1.${rest.join('.')}`,
      `${base}?job=a0000000-0000-4000-8000-000000000002.${one.id}.${piece}.${rest.join('.')}`,
      one.path.replace('/openai?', '/flux?'),
      `${one.path}x`,
      `${one.path}&job=twice`,
    ];
    const looks = vendor.looks.length;
    for (const path of forged) expect([path, (await call(path)).status]).toEqual([path, 401]);
    app.clock.advance(26 * 3_600_000);
    expect((await call(one.path)).status).toBe(401);
    expect(vendor.looks).toHaveLength(looks);
    user = await app.as();
    await scene.work();
  });

  it('413 for more than 256 KiB', async () => {
    const { path } = await parked();
    expect((await call(path, { filler: 'x'.repeat(257 * 1024) })).status).toBe(413);
  });

  it('a vendor that signs is held to its signature as well', async () => {
    const { path } = await parked();
    const verifiers = app.service.app.get(CallbackVerifiers, { strict: false });
    const of = verifiers.of.bind(verifiers);
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    verifiers.of = () => ({
      provider: 'openai',
      verify: (body, headers, nowMs) => verifyStandardWebhook(secret, body, headers, nowMs),
    });
    try {
      expect((await call(path)).status).toBe(401);
      const body = { id: 'signed' };
      const now = app.clock.now();
      const signed = app
        .request()
        .post(path)
        .set({
          'webhook-id': 'm1',
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign('m1', now, JSON.stringify(body)),
        });
      expect((await signed.send(body)).status).toBe(200);
    } finally {
      verifiers.of = of;
    }
  });
});

describe('signatures of vendors', () => {
  const body = Buffer.from('{"a":1}');
  const nowMs = 1_790_000_000_000;
  const seconds = (offset = 0) => String(nowMs / 1000 + offset);
  const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
  const standard = (timestamp: string, sent = body) => ({
    'webhook-id': 'm',
    'webhook-timestamp': timestamp,
    'webhook-signature': `v2,x ${new Webhook(secret).sign('m', new Date(Number(timestamp) * 1000), sent.toString())}`,
  });
  const eleven = (timestamp: string) => ({
    'elevenlabs-signature': `t=${timestamp},v0=${createHmac('sha256', 's').update(`${timestamp}.{"a":1}`).digest('hex')}`,
  });

  it.each([
    ['right', standard(seconds()), true],
    ['late by 5 minutes', standard(seconds(-300)), true],
    ['replayed', standard(seconds(-301)), false],
    ['from the future', standard(seconds(301)), false],
    ['of another body', standard(seconds(), Buffer.from('{}')), false],
    ['without headers', {}, false],
  ])('Standard Webhooks, %s', (_, headers, accepted) => {
    expect(verifyStandardWebhook(secret, body, headers, nowMs)).toBe(accepted);
  });

  it.each([
    ['right', eleven(seconds()), true],
    ['replayed', eleven(seconds(-301)), false],
    [
      'with another time',
      { 'elevenlabs-signature': eleven(seconds())['elevenlabs-signature'].replace(seconds(), seconds(1)) },
      false,
    ],
    ['without a time', { 'elevenlabs-signature': 'v0=00' }, false],
    ['without headers', {}, false],
  ])('ElevenLabs, %s', (_, headers, accepted) => {
    expect(verifyElevenLabs('s', body, headers, nowMs)).toBe(accepted);
  });
});
