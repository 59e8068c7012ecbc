import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, TEST_INTERNAL_KEY, type SeededService } from '@eventzr/testing';
import { auth } from '../auth.service-definition.js';

const EVENTZR = '00000000-0000-0000-0000-000000000001';
const DAY_MS = 24 * 3_600_000;
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12));
let test: SeededService;

interface Pair {
  readonly accessToken: string;
  readonly refreshToken: string;
}
interface Answer {
  readonly data: Pair;
}

const logIn = async (email = 'user@eventzr.com'): Promise<Pair> => {
  const { body } = await test
    .request()
    .post('/auth/v1/login')
    .send({ email, password: 'Password123!' })
    .expect(200);
  return (body as Answer).data;
};
const renewed = async (refreshToken: string) =>
  ((await test.request().post('/auth/v1/refresh').send({ refreshToken }).expect(200)).body as Answer).data;
const me = (token: string) => test.request().get('/auth/v1/me').set('authorization', `Bearer ${token}`);
const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
const rotateKeys = () =>
  test.request().post('/auth/v1/jobs/rotate-keys').set('x-internal-api-key', TEST_INTERNAL_KEY).expect(200);

beforeAll(async () => {
  test = await startSeededService(auth, { clock });
});
afterAll(() => test.close());

describe('GET /internal/feed', () => {
  interface Feed {
    readonly cursor: string;
    readonly keys: { readonly kid: string; readonly jwk: object }[];
    readonly revocations: { readonly kind: string; readonly value: string; readonly lifted: boolean }[];
  }
  const read = async (after?: string) => {
    const { body } = await test
      .internal('studio')
      .get('/auth/v1/internal/feed')
      .query(after === undefined ? {} : { after })
      .expect(200);
    return (body as { data: Feed }).data;
  };

  it('200 with the public keys and what was revoked, whole and since a cursor', async () => {
    const { accessToken } = await logIn();
    const before = await read();
    expect(before.keys).toHaveLength(2);
    await test.request().post('/auth/v1/logout').set('authorization', `Bearer ${accessToken}`).expect(200);
    const line = expect.objectContaining({
      kind: 'session',
      value: claimsOf(accessToken).sid,
      lifted: false,
      notBefore: null,
    });
    expect((await read()).revocations).toContainEqual(line);
    expect((await read(before.cursor)).revocations).toContainEqual(line);
  });

  it('looks back far enough to miss no late commit', async () => {
    const { cursor } = await read();
    const insert = `INSERT INTO revocations (tenant_id, id, kind, value, changed_at) VALUES ($1, gen_random_uuid(), 'token', 'late', now() - interval '14 seconds')`;
    await test.admin.query(insert, [EVENTZR]);
    expect((await read(cursor)).revocations).toContainEqual(expect.objectContaining({ value: 'late' }));
  });

  it('400 for a cursor that is none, 404 on the public port, 401 without a service key', async () => {
    await test.internal('studio').get('/auth/v1/internal/feed').query({ after: 'x' }).expect(400);
    await test.request().get('/auth/v1/internal/feed').expect(404);
    await test.internal('studio').get('/auth/v1/internal/feed').set('x-service-key', 'wrong').expect(401);
  });
});

describe('GET /.well-known/jwks.json', () => {
  it('200, raw and cacheable, with the current and the next public key, on both ports', async () => {
    const answer = await test.request().get('/auth/v1/.well-known/jwks.json').expect(200);
    const { keys } = answer.body as { keys: Record<string, string>[] };
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect(answer.headers['cache-control']).toBe('public, max-age=300');
    await test.internal('studio').get('/auth/v1/.well-known/jwks.json').expect(200);
  });
});

describe('POST /jobs/rotate-keys', () => {
  it('does nothing before its time, then uses the next key; tokens under the old one live on', async () => {
    await rotateKeys(); // earlier tests let months pass
    expect((await rotateKeys()).body).toMatchObject({
      data: { job: 'rotate-keys', succeeded: 0, skipped: 1 },
    });
    clock.advance(31 * DAY_MS);
    const old = await logIn();
    const [first, second] = await Promise.all([rotateKeys(), rotateKeys()]);
    const done = [first, second].map(({ body }) => (body as { data: { succeeded: number } }).data.succeeded);
    expect(done.sort()).toEqual([0, 1]);
    const fresh = await logIn();
    const kidOf = (token: string) =>
      (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;
    expect(kidOf(fresh.accessToken)).not.toBe(kidOf(old.accessToken));
    await test.pullFeed();
    await me(fresh.accessToken).expect(200);
    await me(old.accessToken).expect(200);
    await renewed(old.refreshToken);
    const { rows } = await test.admin.query(
      'SELECT count(*)::int FROM signing_keys WHERE retired_at IS NOT NULL AND private_sealed IS NOT NULL',
    );
    expect(rows).toEqual([{ count: 0 }]);
  });
});
