import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, TEST_INTERNAL_KEY } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { CAKE, Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';

const KEY = TEST_INTERNAL_KEY;

describe.each(['sweep-stuck', 'purge-expired'])('POST /jobs/%s', (job) => {
  let app: TestService;
  const path = `/studio/v1/jobs/${job}`;

  beforeAll(async () => {
    app = await startService(studio);
  });
  afterAll(() => app.close());

  it.each<[string, Record<string, string>]>([
    ['no key', {}],
    ['a wrong key', { 'x-internal-api-key': `${KEY}x` }],
    ['a blank key', { 'x-internal-api-key': ' ' }],
    ['two keys that differ', { 'x-internal-api-key': KEY, 'x-api-key': 'other' }],
    ['the key as a token', { authorization: `Bearer ${KEY}` }],
  ])('401 with %s', async (_what, headers) => {
    const { status, body } = await app.request().post(path).set(headers);
    expect([status, body.error.code]).toEqual([401, 'UNAUTHORIZED']);
  });

  it('401 for a signed-in admin without the key', async () => {
    expect((await (await app.as({ roles: ['admin'] })).post(path)).status).toBe(401);
  });

  it.each([
    { 'x-internal-api-key': KEY },
    { 'x-api-key': KEY },
    { 'x-internal-api-key': KEY, 'x-api-key': KEY },
  ])('200 with the report for the headers %j', async (headers) => {
    const { status, body } = await app.request().post(path).set(headers);
    expect([status, body.error]).toEqual([200, null]);
    expect(body.data).toEqual({
      job,
      processed: 0,
      succeeded: 0,
      failed: 0,
      skipped: 0,
      remaining: 0,
      durationMs: expect.any(Number),
    });
  });

  it('200 for the documented cron call: a content type and no body at all', async () => {
    const headers = { 'x-internal-api-key': KEY, 'content-type': 'application/json' };
    const status = await new Promise((resolve, reject) => {
      httpRequest(app.url + path, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });
});

describe('POST /jobs/sweep-stuck', () => {
  it('moves what is stuck; twice at once does no harm', async () => {
    const app = await startService(studio);
    const scene = new Scene(app);
    const user = await app.as();
    const id = await scene.submit(user, CAKE);
    await scene.rows('DELETE FROM graphile_worker._private_jobs');
    app.clock.advance(16_000);
    const call = () => app.request().post('/studio/v1/jobs/sweep-stuck').set('x-api-key', KEY);
    const answers = await Promise.all([call(), call()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]?.body.data).toMatchObject({ processed: 1, succeeded: 1 });
    await scene.work();
    expect(await scene.job(user, id)).toMatchObject({ status: 'succeeded', attempts: 1 });
    await app.close();
  });
});
