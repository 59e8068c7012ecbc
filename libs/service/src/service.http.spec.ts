import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { startService, TEST_INTERNAL_KEY, TEST_TENANT, type TestService } from '@eventzr/testing';
import { SAMPLE_ID, sample } from '@eventzr/testing/sample';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let test: TestService;
let bearer: string;
beforeAll(async () => {
  test = await startService(sample);
  bearer = await test.tokens.bearer();
});
afterAll(() => test.close());

const post = (body: string, type = 'application/json') =>
  test.request().post('/vault/v1/samples').set('authorization', bearer).set('content-type', type).send(body);
const get = (path: string) => test.request().get(`/vault/v1${path}`).set('authorization', bearer);

function expectError(
  response: { status: number; body: unknown; headers: Record<string, string> },
  http: number,
  code: string,
): void {
  const body = response.body as { error: object; meta: { request_id: string } };
  expect(body).toMatchObject({
    data: null,
    error: { code, http, message: expect.any(String), retryable: expect.any(Boolean) },
    page: null,
  });
  expect(response.status).toBe(http);
  expect(response.headers['x-request-id']).toBe(body.meta.request_id);
}

describe('the envelope', () => {
  it('carries data, location and the ids of request, trace and tenant', async () => {
    const response = await post('{"prompt":"hi"}').set(
      'x-request-id',
      '550E8400-e29b-41d4-a716-446655440000',
    );
    expect(response.status).toBe(201);
    expect(response.headers).toMatchObject({
      location: `/vault/v1/samples/${SAMPLE_ID}`,
      'x-request-id': '550e8400-e29b-41d4-a716-446655440000',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(response.body).toEqual({
      data: { id: SAMPLE_ID, prompt: 'hi', size: 3, note: null },
      error: null,
      page: null,
      meta: {
        request_id: '550e8400-e29b-41d4-a716-446655440000',
        trace_id: '550e8400e29b41d4a716446655440000',
        tenant_id: TEST_TENANT,
      },
    });
  });

  it("goes on with the caller's trace and makes an id where the caller's is no UUID", async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const response = await get(`/samples/${SAMPLE_ID}`).set({ 'x-request-id': 'me', traceparent });
    expect(response.body.meta).toMatchObject({
      trace_id: '0af7651916cd43dd8448eb211c80319c',
      request_id: expect.stringMatching(UUID),
    });
  });

  it('pages lists by cursor', async () => {
    const first = await get('/samples?limit=2');
    expect(first.body.page).toMatchObject({ has_more: true, limit: 2 });
    const next = await get(`/samples?limit=2&state=new&cursor=${first.body.page.next_cursor}`);
    expect(next.body.data.map(({ size }: { size: number }) => size)).toEqual([2, 3]);
  });

  it('stays away from bytes', async () => {
    const response = await get('/samples/bytes').buffer();
    expect(response.headers['content-type']).toBe('image/png');
    expect(response.body).toEqual(Buffer.from([1, 2, 3]));
  });
});

describe('bad input', () => {
  it.each([
    ['{"prompt":', 'cut off'],
    ['{"__proto__":{"a":1},"prompt":"x"}', '__proto__'],
    ['{"constructor":{"prototype":{}},"prompt":"x"}', 'constructor.prototype'],
    ['{"prompt":"a\\u0000b"}', 'NUL'],
    ['{"prompt":"a\\ud800b"}', 'half a surrogate pair'],
    ['['.repeat(5000) + ']'.repeat(5000), 'deep nesting'],
  ])('400 MALFORMED_BODY: %#', async (body) => {
    expectError(await post(body), 400, 'MALFORMED_BODY');
  });

  it('400 with all faults at once; the first field in DTO order picks the code', async () => {
    const response = await post('{"colour":1,"parts":[{"name":1},{"x":2}],"size":99,"prompt":""}');
    expectError(response, 400, 'SAMPLE_1000');
    expect(
      response.body.error.details.map(
        ({ field, rule }: { field: string; rule: string }) => `${field} ${rule}`,
      ),
    ).toEqual([
      'prompt minLength',
      'size max',
      'parts.0.name isString',
      'parts.1.name required',
      'colour whitelistValidation',
      'parts.1.x whitelistValidation',
    ]);
    expectError(await post('{"prompt":"x","size":0}'), 400, 'SAMPLE_1001');
    expectError(await post('{"prompt":"x","quality":"best"}'), 400, 'VALIDATION_FAILED');
  });

  it.each(['[]', '"text"', '1', 'null', ''])('400 for a body that is %j', async (body) => {
    expect((await post(body)).status).toBe(400);
  });

  it('null says the same as absent where there is a default', async () => {
    expect((await post('{"prompt":"x","size":null}')).body.data.size).toBe(3);
  });

  it('415 for another content type, 413 over a mebibyte', async () => {
    expectError(await post('<a/>', 'application/xml'), 415, 'UNSUPPORTED_MEDIA_TYPE');
    expectError(await post(JSON.stringify({ prompt: 'x'.repeat(1_100_000) })), 413, 'PAYLOAD_TOO_LARGE');
  });

  it('400 for bad ids, limits, cursors and encodings', async () => {
    const bad = await get('/samples/42');
    expectError(bad, 400, 'VALIDATION_FAILED');
    expect(bad.body.error.details).toEqual([{ field: 'id', rule: 'isUuid', message: 'id must be a UUID' }]);
    for (const query of [
      'limit=0',
      'limit=101',
      'limit=x',
      'limit=1.5',
      'cursor=%21',
      'cursor=e30',
      'state=odd',
      'nope=1',
      'a=%00',
    ]) {
      expectError(await get(`/samples?${query}`), 400, 'VALIDATION_FAILED');
    }
    expectError(await get('/samples/%zz'), 400, 'VALIDATION_FAILED');
  });

  it('404 for unknown routes and methods, inside and outside the prefix', async () => {
    expectError(await get('/nothing'), 404, 'NOT_FOUND');
    expectError(await test.request().get('/elsewhere'), 404, 'NOT_FOUND');
    expectError(
      await test.request().delete('/vault/v1/samples').set('authorization', bearer),
      404,
      'NOT_FOUND',
    );
  });

  it('401 without or with a bad token, 403 for another tenant', async () => {
    expectError(await test.request().get('/vault/v1/samples'), 401, 'UNAUTHORIZED');
    expectError(
      await test.request().get('/vault/v1/samples').set('authorization', 'Bearer a.b.c'),
      401,
      'TOKEN_INVALID',
    );
    expectError(
      await get('/samples').set('x-tenant-id', 'a0000000-0000-4000-8000-000000000002'),
      403,
      'TENANT_MISMATCH',
    );
  });

  it('500 says nothing about the inside', async () => {
    const response = await get('/samples/broken');
    expectError(response, 500, 'INTERNAL');
    expect(JSON.stringify(response.body)).not.toContain('secret');
  });

  it('takes an empty body with a content type for no body', async () => {
    const call = (type: string) =>
      test
        .request()
        .post('/vault/v1/jobs/clean')
        .set({ 'x-internal-api-key': TEST_INTERNAL_KEY, 'content-type': type });
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
      expect((await call(type)).status).toBe(200);
    }
    expectError(
      await test.request().post('/vault/v1/jobs/clean').set('content-type', 'application/json'),
      401,
      'UNAUTHORIZED',
    );
  });

  it('answers what is not HTTP with an envelope', async () => {
    const socket = connect(Number(new URL(test.url).port), '127.0.0.1');
    socket.write('NONSENSE\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"MALFORMED_BODY"/);
    socket.destroy();
  });
});

describe('uploads', () => {
  const upload = () => test.request().post('/vault/v1/samples/upload').set('authorization', bearer);

  it('are spooled, hashed and counted', async () => {
    const response = await upload().field('name', 'logo').attach('file', Buffer.from('hello'), 'a.txt');
    expect(response.body.data).toEqual({
      name: 'logo',
      bytes: 5,
      sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    });
  });

  it('413, 415 and 400 for what does not fit', async () => {
    expectError(
      await upload().field('name', 'x').attach('file', Buffer.alloc(2000), 'a'),
      413,
      'PAYLOAD_TOO_LARGE',
    );
    expectError(await upload().send({ name: 'x' }), 415, 'UNSUPPORTED_MEDIA_TYPE');
    expectError(await upload().field('name', 'x'), 400, 'VALIDATION_FAILED');
    expectError(await upload().attach('file', Buffer.from('x'), 'a'), 400, 'VALIDATION_FAILED');
    expectError(
      await upload().field('name', 'x').attach('other', Buffer.from('x'), 'a'),
      400,
      'VALIDATION_FAILED',
    );
  });
});

describe('the two listeners', () => {
  it('serve internal routes, health and nothing else on the private one', async () => {
    expect((await test.internal('aibrain').get('/vault/v1/internal/facts')).body.data).toEqual({
      caller: 'aibrain',
    });
    expectError(await test.internal('studio').get('/vault/v1/internal/facts'), 403, 'FORBIDDEN');
    expect((await test.internal().get('/vault/v1/health')).status).toBe(200);
    expectError(
      await test.internal().get('/vault/v1/samples').set('authorization', bearer),
      404,
      'NOT_FOUND',
    );
    expectError(await test.internal().get('/vault/v1/docs'), 404, 'NOT_FOUND');
  });
});

describe('health', () => {
  it('tells that the process lives', async () => {
    const response = await test.request().get('/vault/v1/health');
    expect(response.body.data).toMatchObject({
      status: 'ok',
      service: 'vault',
      version: expect.any(String),
      timestamp: expect.any(String),
    });
  });

  it('names every check when ready, and 503 with the same when not', async () => {
    const ready = await test.request().get('/vault/v1/health/ready');
    expect(ready.status).toBe(200);
    expect(ready.body.data.checks).toMatchObject({
      database: { status: 'up', latencyMs: expect.any(Number) },
      cache: { status: 'up' },
      'revocation-feed': { status: 'up' },
    });
  });
});

describe('documents', () => {
  it('serve the playground with a policy that allows this service alone', async () => {
    const page = await test.request().get('/vault/v1/docs');
    expect(page.headers['content-security-policy']).toContain("connect-src 'self'");
    expect(page.text).not.toMatch(/https?:\/\//);
    const script = await test
      .request()
      .get('/vault/v1/docs/scalar.js')
      .set('accept-encoding', 'br')
      .buffer(false);
    expect(script.headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': expect.stringContaining('max-age'),
    });
    const again = await test
      .request()
      .get('/vault/v1/docs/scalar.js')
      .set('if-none-match', script.headers['etag'] ?? '');
    expect(again.status).toBe(304);
  });

  it('list every error once, the own ones after the common', async () => {
    const { data } = (await test.request().get('/vault/v1/errors')).body as { data: { code: string }[] };
    const codes = data.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['VALIDATION_FAILED', 'SAMPLE_1000', 'SAMPLE_1001']));
    expect(new Set(codes).size).toBe(codes.length);
  });
});
