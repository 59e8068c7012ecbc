import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '@eventzr/testing';
import { sample } from '@eventzr/testing/sample';

let test: TestService;
beforeAll(async () => {
  test = await startService(sample, { environment: { RATE_LIMIT: 'on', RATE_LIMIT_BASE_PER_MINUTE: '5' } });
});
afterAll(() => test.close());

const health = '/vault/v1/samples/00000000-0000-0000-0000-00000000abcd';

describe('rate limits', () => {
  it('429 RATE_LIMITED past the allowance of the tenant, until the window has moved on', async () => {
    const user = await test.as();
    const first = await user.get(health);
    expect(first.headers).toMatchObject({
      ratelimit: expect.stringContaining('r=4'),
      'ratelimit-policy': '"tenant";q=5;w=60',
    });
    for (let n = 0; n < 4; n += 1) expect((await user.get(health)).status).toBe(200);
    const refused = await user.get(health);
    expect(refused.body.error).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    expect(refused.headers).toMatchObject({ ratelimit: expect.stringContaining('r=0') });
    test.clock.advance(Number(refused.headers['retry-after']) * 1000);
    expect((await user.get(health)).status).toBe(200);
  });

  it('count each tenant by itself, and by its tier', async () => {
    const other = await test.as({
      tenantId: 'a0000000-0000-4000-8000-000000000002',
      planTier: 'professional',
    });
    expect((await other.get(health)).headers['ratelimit-policy']).toBe('"tenant";q=1000;w=60');
  });

  it('are per account and address on open routes that say so', async () => {
    const login = (email: string) => test.request().post('/vault/v1/login').send({ email });
    expect((await login('a@b.c')).status).toBe(200);
    expect((await login('A@b.c ')).status).toBe(200);
    expect((await login('a@b.c')).status).toBe(429);
    expect((await login('d@b.c')).status).toBe(429);
  });

  it('leave health and the private listener alone', async () => {
    for (let n = 0; n < 10; n += 1) expect((await test.request().get('/vault/v1/health')).status).toBe(200);
    for (let n = 0; n < 10; n += 1)
      expect((await test.internal().get('/vault/v1/internal/facts')).status).toBe(200);
  });
});
