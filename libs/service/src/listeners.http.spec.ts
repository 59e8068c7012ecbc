import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  rawRequest,
  spellingsOf,
  startService,
  TEST_INTERNAL_KEY,
  testServiceKey,
  type TestService,
} from '@eventzr/testing';
import { sample } from '@eventzr/testing/sample';

const FACTS = '/vault/v1/internal/facts';
const CLEAN = '/vault/v1/jobs/clean';

/** What a caller can hold at most: every credential there is, all of them good. */
describe('a caller with every credential', () => {
  let test: TestService;
  let headers: Record<string, string>;

  beforeAll(async () => {
    test = await startService(sample);
    headers = {
      'x-service-name': 'aibrain',
      'x-service-key': testServiceKey('aibrain'),
      'x-internal-api-key': TEST_INTERNAL_KEY,
      authorization: await test.tokens.bearer({ roles: ['admin'] }),
    };
  });
  afterAll(() => test.close());

  it('reaches an internal route on the private listener', async () => {
    const { status, text } = await rawRequest(test.internalUrl, { path: FACTS, headers });
    expect([status, text]).toEqual([200, expect.stringContaining('"caller":"aibrain"')]);
  });

  it.each(spellingsOf(FACTS))('does not reach it on the public one as %s', async (path) => {
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
      const { status, text } = await rawRequest(test.url, { method, path, headers });
      expect([400, 404]).toContain(status);
      expect(text).not.toContain('"caller"');
    }
  });

  it.each([
    ['x-original-url', FACTS],
    ['x-rewrite-url', FACTS],
    ['x-forwarded-prefix', '/vault/v1/internal'],
    ['x-forwarded-port', '8081'],
    ['x-forwarded-host', '127.0.0.1:8081'],
    ['x-forwarded-for', '127.0.0.1'],
    ['x-http-method-override', 'GET'],
    ['host', '127.0.0.1:8081'],
  ])('does not reach it on the public one by %s', async (name, value) => {
    const more = { ...headers, [name]: value };
    for (const path of [FACTS, '/vault/v1/', '/'])
      expect((await rawRequest(test.url, { path, headers: more })).status).toBe(404);
  });

  it.each(['x-service-name', 'x-service-key'])('401 when %s comes twice', async (name) => {
    const twice = { ...headers, [name]: [headers[name] ?? '', headers[name] ?? ''] };
    expect((await rawRequest(test.internalUrl, { path: FACTS, headers: twice })).status).toBe(401);
  });

  it.each(['x-internal-api-key', 'x-api-key'])('runs no job when %s comes twice', async (name) => {
    const job = (value: string | string[]) =>
      rawRequest(test.url, { method: 'POST', path: CLEAN, headers: { [name]: value } });
    expect((await job(TEST_INTERNAL_KEY)).status).toBe(200);
    expect((await job([TEST_INTERNAL_KEY, TEST_INTERNAL_KEY])).status).toBe(401);
    expect((await job(['', TEST_INTERNAL_KEY])).status).toBe(401);
  });
});

describe('a service without an internal key', () => {
  it.each([undefined, '', '   '])('runs no job for anyone: INTERNAL_API_KEY %j', async (value) => {
    const closed = await startService(sample, { environment: { INTERNAL_API_KEY: value } });
    for (const key of ['', ' ', 'undefined', 'null', TEST_INTERNAL_KEY]) {
      for (const name of ['x-internal-api-key', 'x-api-key']) {
        const sent = { method: 'POST', path: CLEAN, headers: { [name]: key } };
        expect((await rawRequest(closed.url, sent)).status).toBe(401);
      }
    }
    expect((await rawRequest(closed.url, { method: 'POST', path: CLEAN })).status).toBe(401);
    await closed.close();
  });
});
