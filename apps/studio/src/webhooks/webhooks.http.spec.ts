import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SafeFetch } from '@eventzr/safe-fetch';
import { startService, TEST_INTERNAL_KEY } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { Webhook } from 'standardwebhooks';
import type { User } from '../scene.fake.js';
import { Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';
import { StudioDb } from '../studio.db.js';
import { TEST_TENANT } from '@eventzr/testing';
import { WebhookEvents } from './webhook-events.js';
import { nextAttemptMs } from './webhook-schedule.js';

const HOOKS = '/studio/v1/webhooks';
const HOUR = 3_600_000;

interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

describe('webhooks', () => {
  let app: TestService;
  let scene: Scene;
  let organizer: User;
  let receiver: Server;
  let url: string;
  const received: Received[] = [];
  let answers: number[] = [];

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        received.push({ headers: request.headers as Record<string, string>, body });
        response.writeHead(answers.shift() ?? 204, { location: '/elsewhere' }).end();
      });
    });
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    app = await startService(studio);
    // As in production, save that the receiver of this spec on the loopback interface may be reached.
    reach(true);
    scene = new Scene(app);
  });
  beforeEach(async () => {
    organizer = await app.as({ roles: ['organizer'] });
    received.length = 0;
    answers = [];
    await scene.rows('DELETE FROM webhooks');
  });
  afterAll(async () => {
    await app.close();
    receiver.closeAllConnections();
    await new Promise((done) => receiver.close(done));
  });

  function reach(loopback: boolean): void {
    const unsafe = { allowed: (address: string) => address === '127.0.0.1' };
    const settings = loopback ? { unsafe } : {};
    Object.assign(app.service.app.get(SafeFetch, { strict: false }), { settings });
  }
  async function register(eventTypes = ['render-job.completed', 'render-job.cancelled']) {
    const { status, body } = await organizer.post(HOOKS).send({ url, eventTypes });
    expect([status, body.error]).toEqual([201, null]);
    return body.data as { id: string; secret: string };
  }
  const deliveries = async (id: string) => (await organizer.get(`${HOOKS}/${id}/deliveries`)).body.data;
  const checked = (secret: string, { headers, body }: Received) => {
    // The package holds the time against the machine's clock, which specs do not share.
    const sent = new Date(Number(headers['webhook-timestamp']) * 1000);
    const expected = new Webhook(secret).sign(headers['webhook-id'] ?? '', sent, body);
    return (headers['webhook-signature'] ?? '').split(' ').includes(expected);
  };

  it('tells of a finished job, signed, once', async () => {
    const { id, secret } = await register();
    expect(secret).toMatch(/^whsec_/);
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
    const jobId = await scene.submit(organizer);
    await scene.work();
    expect(received).toHaveLength(1);
    const [message] = received;
    if (message === undefined) throw new Error('nothing was sent');
    expect(JSON.parse(message.body)).toMatchObject({
      type: 'render-job.completed',
      data: { jobId, creditsUsed: 20 },
    });
    expect(checked(secret, message)).toBe(true);
    expect(checked(`whsec_${Buffer.alloc(32).toString('base64')}`, message)).toBe(false);
    expect(await deliveries(id)).toMatchObject([
      { id: message.headers['webhook-id'], status: 'delivered', attempts: 1, lastStatus: 204 },
    ]);
    expect(await scene.sweep('deliver-webhooks')).toMatchObject({ processed: 0 });
    expect(received).toHaveLength(1);
  });

  it('tells of a cancel, and not of what nobody asked for', async () => {
    await register();
    await register(['voice-model.ready']);
    const jobId = await scene.submit(organizer);
    await organizer.post(`/studio/v1/render-jobs/${jobId}/cancel`);
    await scene.work();
    expect(received.map(({ body }) => JSON.parse(body).type)).toEqual(['render-job.cancelled']);
  });

  it('tries ten times over about 75 hours, with the same id and body, then gives up', async () => {
    const { id } = await register();
    answers = [500, 302, 404, 500, 500, 500, 500, 500, 500, 500];
    await organizer.post(`${HOOKS}/${id}/test`);
    await scene.work();
    for (let hours = 0; hours < 90; hours += 1) {
      app.clock.advance(HOUR);
      await scene.work();
    }
    organizer = await app.as({ roles: ['organizer'] });
    expect(received).toHaveLength(10);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(await deliveries(id)).toMatchObject([{ status: 'failed', attempts: 10, lastStatus: 500 }]);
  });

  it('pauses grow to about 75 hours in all', () => {
    const pauses = Array.from({ length: 9 }, (_, index) => nextAttemptMs(index + 1, () => 0) ?? 0);
    const hours = pauses.reduce((sum, pause) => sum + pause, 0) / HOUR;
    expect(hours).toBeGreaterThan(74);
    expect(hours).toBeLessThan(76);
    expect(nextAttemptMs(10)).toBeUndefined();
    expect(nextAttemptMs(1, () => 1)).toBe(5_500);
  });

  it('410 switches it off until somebody switches it on again', async () => {
    const { id } = await register();
    answers = [410];
    await organizer.post(`${HOOKS}/${id}/test`);
    await scene.work();
    const { body } = await organizer.get(`${HOOKS}/${id}`);
    expect(body.data).toMatchObject({ active: false, disabledReason: 'it answered 410 Gone' });
    expect(await deliveries(id)).toMatchObject([{ status: 'failed', lastStatus: 410 }]);
    await scene.submit(organizer);
    await scene.work();
    expect(received).toHaveLength(1);
    const on = await organizer.patch(`${HOOKS}/${id}`).send({ active: true });
    expect(on.body.data).toMatchObject({ active: true });
    expect(on.body.data.disabledReason).toBeUndefined();
  });

  it('after a rotation both secrets sign for a day', async () => {
    const { id, secret } = await register();
    const rotated = (await organizer.post(`${HOOKS}/${id}/rotate-secret`)).body.data;
    expect(rotated.secret).not.toBe(secret);
    await organizer.post(`${HOOKS}/${id}/test`);
    await scene.work();
    expect(received.map((each) => [checked(secret, each), checked(rotated.secret, each)])).toEqual([
      [true, true],
    ]);
    app.clock.advance(24 * HOUR);
    organizer = await app.as({ roles: ['organizer'] });
    await organizer.post(`${HOOKS}/${id}/test`);
    await scene.work();
    const [, late] = received;
    expect(late && [checked(secret, late), checked(rotated.secret, late)]).toEqual([false, true]);
  });

  it('sends again at wish, as a new message', async () => {
    const { id } = await register();
    await organizer.post(`${HOOKS}/${id}/test`);
    await scene.work();
    const [first] = await deliveries(id);
    const again = await organizer.post(`${HOOKS}/${id}/deliveries/${first.id}/redeliver`);
    expect([again.status, again.body.data.status]).toEqual([202, 'pending']);
    await scene.work();
    expect(received.map(({ body }) => JSON.parse(body).data)).toEqual([
      JSON.parse(received[0]?.body ?? '{}').data,
      JSON.parse(received[0]?.body ?? '{}').data,
    ]);
    const { id: other } = await register();
    expect((await organizer.post(`${HOOKS}/${other}/deliveries/${first.id}/redeliver`)).status).toBe(404);
  });

  it('a message whose queue entry was lost is sent by the scheduled job', async () => {
    const { id } = await register();
    await organizer.post(`${HOOKS}/${id}/test`);
    await scene.rows('DELETE FROM graphile_worker._private_jobs');
    const run = await app
      .request()
      .post('/studio/v1/jobs/deliver-webhooks')
      .set('x-internal-api-key', TEST_INTERNAL_KEY);
    expect(run.body.data).toMatchObject({ succeeded: 1, failed: 0 });
    expect(received).toHaveLength(1);
  });

  it('what is too large is cut to its short texts', async () => {
    const { id } = await register(['template.updated']);
    const events = app.service.app.get(WebhookEvents, { strict: false });
    const data = { templateId: 't-1', text: 'ü'.repeat(15_000) };
    await app.service.app
      .get(StudioDb, { strict: false })
      .withTenant(
        (tx) => events.emit(tx, { tenantId: TEST_TENANT, type: 'template.updated', data }),
        TEST_TENANT,
      );
    await scene.work();
    expect(JSON.parse(received[0]?.body ?? '{}').data).toEqual({ templateId: 't-1', truncated: true });
    expect(await deliveries(id)).toHaveLength(1);
  });

  it('the secret is shown once, also to who repeats the request', async () => {
    const send = () =>
      organizer
        .post(HOOKS)
        .set('idempotency-key', 'hook-once')
        .send({ url, eventTypes: ['render-job.failed'] });
    expect((await send()).body.data.secret).toMatch(/^whsec_/);
    expect((await send()).body.data.secret).toBeNull();
    const [{ id }] = (await organizer.get(HOOKS)).body.data;
    expect((await organizer.get(`${HOOKS}/${id}`)).body.data.secret).toBeUndefined();
    expect((await organizer.delete(`${HOOKS}/${id}`)).status).toBe(200);
    expect((await organizer.get(`${HOOKS}/${id}`)).status).toBe(404);
  });

  it.each([
    'http://example.com/hook',
    'https://127.0.0.1/hook',
    'https://localhost/hook',
    'https://169.254.169.254/latest',
    'https://user:pass@example.com/',
    'https://[::1]/hook',
    'ftp://example.com/',
  ])('400 for %s', async (forbidden) => {
    reach(false);
    try {
      const { status, body } = await organizer
        .post(HOOKS)
        .send({ url: forbidden, eventTypes: ['render-job.failed'] });
      expect([status, body.error.code]).toEqual([400, 'STUDIO_1812']);
    } finally {
      reach(true);
    }
  });

  it('organizers manage them; users and other tenants do not', async () => {
    const { id } = await register();
    expect((await (await app.as()).get(HOOKS)).status).toBe(403);
    const stranger = await app.as({
      tenantId: 'a0000000-0000-4000-8000-000000000002',
      roles: ['admin'],
    });
    expect((await stranger.get(`${HOOKS}/${id}`)).status).toBe(404);
    expect((await stranger.post(`${HOOKS}/${id}/test`)).status).toBe(404);
    expect((await stranger.get(`${HOOKS}/${id}/deliveries`)).status).toBe(404);
  });
});
