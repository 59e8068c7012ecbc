import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Call } from './platform.js';
import { RunningPlatform } from './platform.js';
import type { DocumentedRoute } from './routes.js';
import { documentedRoutes, filled } from './routes.js';

const SOME_ID = '0190b6a0-0000-7000-8000-000000000001';
const OTHER_TENANT = 'a0000000-0000-4000-8000-000000000002';

/** Up to a hundred texts of 8,192 tokens each. */
const TAKES_EIGHT_MEGABYTES = /\/(?:embeddings\/batch|rerank|moderations|openai\/embeddings)$/;
/** Pictures and recordings may come as data URIs. */
const TAKES_A_FILE =
  /(?:studio\/v1\/(?:brand-kits.*|videos\/generate|posters\/generate|invitations\/generate|presentations\/generate|images\/(?:transform|remove-background|variations)|avatars\/talking-head|audio\/transcribe)|aibrain\/v1\/voice\/orchestrate)$/;

/** Every documented route, with everything that a caller may get wrong: the documented envelope, and never a 500. */
describe('bad input', () => {
  let eventzr: RunningPlatform;
  let admin: string;
  let routes: readonly DocumentedRoute[];
  let before: unknown;

  beforeAll(async () => {
    eventzr = await RunningPlatform.start();
    admin = await eventzr.login('admin@eventzr.com');
    routes = documentedRoutes(eventzr);
    before = await everything();
  }, 120_000);

  afterAll(async () => {
    expect(await everything()).toEqual(before);
    await eventzr.stop();
  });

  it('there is something to look at', () => {
    expect(new Set(routes.map(({ service }) => service)).size).toBe(7);
    expect(routes.length).toBeGreaterThan(60);
  });

  it('no token, a forged one, one of another kind: 401', async () => {
    const [head = '', payload = ''] = admin.split('.');
    const forged = [head, payload, Buffer.alloc(256, 7).toString('base64url')].join('.');
    const none = [Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url'), payload, ''].join('.');
    for (const route of routes.filter(({ bearer }) => bearer)) {
      for (const token of [undefined, forged, none, 'x', `${admin}.`, `${admin}a`]) {
        const answer = await send(route, { token, body: route.jsonBody ? {} : undefined });
        expectFault(route, answer, 401);
      }
      expectFault(route, await send(route, { headers: { authorization: 'Basic YTpi' } }), 401);
    }
  });

  it('a foreign tenant in the header: 403; something that is no tenant: 403', async () => {
    for (const route of routes.filter(({ bearer }) => bearer)) {
      for (const tenant of [OTHER_TENANT, 'x', '']) {
        const answer = await send(route, {
          token: admin,
          headers: { 'x-tenant-id': tenant },
          body: route.jsonBody ? {} : undefined,
        });
        expectFault(route, answer, 403, 'TENANT_MISMATCH');
      }
    }
  });

  it('a body that is no JSON, or no object, or has unknown fields: 400', async () => {
    for (const route of routes.filter(({ jsonBody }) => jsonBody)) {
      for (const body of [
        '{',
        '{"a":}',
        'nonsense',
        '[]',
        '"text"',
        '5',
        '{"__proto__":{"admin":true}}',
        '{"no_such_field":1}',
        '{"constructor":1}',
      ]) {
        const answer = await send(route, {
          token: admin,
          headers: { 'content-type': 'application/json' },
          body,
        });
        expectFault(route, answer, [400, 401]);
      }
    }
  });

  it('wrong types everywhere: 400', async () => {
    const wrong = {
      prompt: {},
      email: [],
      password: 5,
      width: 'wide',
      amount: 'much',
      operation: null,
      request: 'x',
      refreshToken: 1,
      code: {},
      maxTokens: '500',
    };
    for (const route of routes.filter(({ jsonBody }) => jsonBody)) {
      expectFault(route, await send(route, { token: admin, body: wrong }), [400, 401]);
    }
  });

  it('a body that is too large: 413; of another media type: 415', async () => {
    for (const route of routes.filter(({ jsonBody }) => jsonBody)) {
      const body = { prompt: 'x'.repeat(tooLongFor(route.path)) };
      const large = await send(route, { token: admin, body });
      expectFault(route, large, 413, 'PAYLOAD_TOO_LARGE');
      const xml = await send(route, {
        token: admin,
        headers: { 'content-type': 'application/xml' },
        body: '<a/>',
      });
      expectFault(route, xml, 415);
    }
  });

  it('an id that is no UUID: 400; a path that is no path: 400', async () => {
    for (const route of routes.filter(({ path }) => path.includes('{id}'))) {
      for (const id of ['x', '1', '00000000-0000-0000-0000-00000000000', "'; drop table users; --"]) {
        const answer = await eventzr.call(
          filled(route.path, () => encodeURIComponent(id)),
          { method: route.method, token: admin },
        );
        expectFault(route, answer, 400);
      }
      expectFault(
        route,
        await eventzr.call(
          filled(route.path, () => '%zz'),
          { method: route.method, token: admin },
        ),
        400,
      );
    }
  });

  it('a cursor or a limit that nobody handed out: 400', async () => {
    for (const route of routes.filter(({ query }) => query.includes('cursor'))) {
      const path = filled(route.path, () => SOME_ID);
      for (const query of [
        'cursor=x',
        'cursor=eyJpZCI6MX0',
        `cursor=${'a'.repeat(2_000)}`,
        'limit=0',
        'limit=101',
        'limit=abc',
        'nonsense=1',
      ]) {
        const answer = await eventzr.call(`${path}?${query}`, { token: admin });
        expectFault(route, answer, [400, 404]);
      }
    }
  });

  it('a key that is no Idempotency-Key: 400', async () => {
    const generate = { token: admin, body: { prompt: 'a cake' } };
    for (const key of ['', 'k'.repeat(256), 'käse']) {
      const headers = { 'idempotency-key': Buffer.from(key, 'utf8').toString('latin1') };
      expect((await eventzr.call('/studio/v1/images/generate', { ...generate, headers })).status).toBe(400);
    }
  });

  it('an unknown route, an internal route, another method: 404', async () => {
    for (const path of [
      '/',
      '/nowhere',
      '/studio',
      '/studio/v1',
      '/studio/v2/images',
      '/studio/v1/nowhere',
      '/wallet/v1/internal/holds',
      '/auth/v1/internal/feed',
      '/wallet/v1/%69nternal/holds',
      '/wallet/v1//internal/holds',
    ]) {
      const answer = await eventzr.call(path, {
        method: 'POST',
        token: admin,
        headers: { 'x-service-name': 'studio', 'x-service-key': 'x' },
      });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect((await eventzr.call('/studio/v1/images/generate', { method: 'PUT', token: admin })).status).toBe(
      404,
    );
  });

  it('the internal key: absent, empty, wrong, half, in both headers with different values: 401', async () => {
    const key = eventzr.internalApiKey;
    const bad = [
      {},
      { 'x-api-key': '' },
      { 'x-api-key': '   ' },
      { 'x-api-key': 'undefined' },
      { 'x-internal-api-key': 'null' },
      { 'x-internal-api-key': key.slice(1) },
      { 'x-api-key': `${key}, ${key}` },
      { 'x-api-key': key.slice(0, -1) },
      { 'x-api-key': `${key}x` },
      { 'x-internal-api-key': key.toUpperCase() },
      { 'x-internal-api-key': key, 'x-api-key': 'other' },
      { authorization: `Bearer ${admin}` },
    ];
    for (const route of routes.filter(
      ({ path }) => path.includes('/jobs/') && !path.includes('render-jobs'),
    )) {
      for (const headers of bad) {
        const answer = await send(route, { headers: headers as Record<string, string> });
        expectFault(route, answer, 401, 'UNAUTHORIZED');
      }
    }
  });

  function send({ method, path }: DocumentedRoute, { headers = {}, token, body }: Call): Promise<Answer> {
    return eventzr.call(
      filled(path, () => SOME_ID),
      { method, headers, token, body },
    );
  }

  function expectFault(
    route: DocumentedRoute,
    answer: Answer,
    expected: number | readonly number[],
    code?: string,
  ): void {
    const name = `${route.method} ${route.path}`;
    const statuses = Array.isArray(expected) ? expected : [expected];
    expect({ name, text: answer.text, fits: statuses.includes(answer.status) }).toMatchObject({
      name,
      fits: true,
    });
    if (route.path.startsWith('/llm-orch/v1/openai/')) {
      // OpenAI's clients know their own shape of errors, not ours; the code in it is ours all the same.
      expect(answer.error).toMatchObject({ type: expect.any(String), code: code ?? expect.any(String) });
      return;
    }
    expect([name, answer.data]).toEqual([name, null]);
    expect(answer.error).toMatchObject({ http: answer.status, ...(code === undefined ? {} : { code }) });
    expect(answer.headers.get('x-request-id')).toBe(answer.meta.request_id);
  }

  /** What a bad request must not change. */
  async function everything(): Promise<unknown> {
    const lists = [
      '/wallet/v1/wallets',
      '/studio/v1/render-jobs',
      '/studio/v1/assets',
      '/vault/v1/assets',
      '/aibrain/v1/requests',
      '/subscriptions/v1/subscriptions',
    ];
    return Promise.all(lists.map(async (path) => (await eventzr.call(path, { token: admin })).data));
  }
});

function tooLongFor(path: string): number {
  if (TAKES_A_FILE.test(path)) return 38_000_000;
  return TAKES_EIGHT_MEGABYTES.test(path) ? 8_500_000 : 1_200_000;
}
