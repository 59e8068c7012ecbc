import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import {
  startSeededService,
  startService,
  TEST_INTERNAL_KEY,
  type SeededService,
  type TestService,
} from '@eventzr/testing';
import { sample } from '@eventzr/testing/sample';
import { AuthCaller, headerOf, type Pair } from '../auth-caller.fake.js';
import { auth } from '../auth.service-definition.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12));
let test: SeededService;
/** Another service, which knows auth by its address alone and is not started anew. */
let other: TestService;
const caller = new AuthCaller(() => test);

const rotate = async () => {
  const { body } = await test
    .request()
    .post('/auth/v1/jobs/rotate-keys')
    .set('x-internal-api-key', TEST_INTERNAL_KEY)
    .expect(200);
  return (body as { data: { succeeded: number } }).data.succeeded;
};
const kidOf = ({ accessToken }: Pair) => String(headerOf(accessToken).kid);
const acceptedBy = async (service: TestService, path: string, { accessToken }: Pair) =>
  (await service.request().get(path).set('authorization', `Bearer ${accessToken}`)).status;
const accepted = (pair: Pair) => acceptedBy(other, '/vault/v1/samples', pair);
const published = async () => {
  const { body } = await test.request().get('/auth/v1/.well-known/jwks.json').expect(200);
  return (body as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
};

beforeAll(async () => {
  test = await startSeededService(auth, { clock, environment: { KEY_ROTATION_DAYS: '1' } });
  other = await startService(sample, { clock, environment: { AUTH_INTERNAL_URL: test.internalUrl } });
});
afterAll(async () => {
  await other.close();
  await test.close();
});

describe('a rotation of the signing key', () => {
  it('leaves every token good, in a service that is not restarted', async () => {
    clock.advance(DAY_MS);
    const before = await caller.logIn('user@eventzr.com');
    expect(await accepted(before)).toBe(200);
    const [current, next] = [kidOf(before), (await published()).find((kid) => kid !== kidOf(before)) ?? ''];
    expect(await rotate()).toBe(1);

    // The new key was public before it signed, so the other service knows it already.
    const after = await caller.logIn('user@eventzr.com');
    expect(kidOf(after)).toBe(next);
    expect(await accepted(after)).toBe(200);
    expect(await accepted(before)).toBe(200);

    await other.pullFeed();
    expect(await published()).toEqual(expect.arrayContaining([current, next]));
    expect(await published()).toHaveLength(3);
    for (const pair of [before, after]) expect(await accepted(pair)).toBe(200);

    // A refresh token that the old key signed goes on, under the new one.
    const renewed = await caller.refresh(before);
    expect(kidOf(renewed)).toBe(next);
    expect(await accepted(renewed)).toBe(200);
  });

  it('keeps a retired key public for the longest life of a token, and for refresh tokens for theirs', async () => {
    const pair = await caller.logIn('user@eventzr.com');
    const old = kidOf(pair);
    clock.advance(DAY_MS);
    expect(await rotate()).toBe(1);
    clock.advance(25 * 60 * MINUTE_MS - 1);
    expect(await published()).toContain(old);
    clock.advance(1);
    expect(await published()).not.toContain(old);
    clock.advance(7 * DAY_MS - 2 * DAY_MS - 60 * MINUTE_MS - 1_000);
    expect(await rotate()).toBe(1);
    expect(await published()).not.toContain(old);
    const renewed = await caller.refresh(pair);
    await other.pullFeed();
    expect(await accepted(renewed)).toBe(200);
    clock.advance(8 * DAY_MS + MINUTE_MS);
    await rotate();
    await rotate();
    const { rows } = await test.admin.query('SELECT FROM signing_keys WHERE kid = $1', [old]);
    expect(rows).toEqual([]);
  });

  it('waits until the next key has been public for ten minutes, and happens once however often it is asked for', async () => {
    await rotate();
    clock.advance(DAY_MS);
    expect(await rotate()).toBe(1);
    await test.admin.query(
      `UPDATE signing_keys SET active_from = $1 WHERE active_from IS NOT NULL AND retired_at IS NULL`,
      [new Date(clock.now().getTime() - DAY_MS)],
    );
    clock.advance(10 * MINUTE_MS - 1);
    expect(await rotate()).toBe(0);
    clock.advance(1);
    const done = await Promise.all(Array.from({ length: 5 }, rotate));
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it('a token under a key that was never published is refused, and one that is altered too', async () => {
    const pair = await caller.logIn('user@eventzr.com');
    await other.pullFeed();
    expect(await accepted(pair)).toBe(200);
    const stranger = { ...pair, accessToken: await test.tokens.token() };
    expect(await accepted(stranger)).toBe(401);
    const [head = '', body = ''] = pair.accessToken.split('.');
    expect(
      await accepted({
        ...pair,
        accessToken: `${head}.${body}.${Buffer.alloc(256, 1).toString('base64url')}`,
      }),
    ).toBe(401);
    expect(await acceptedBy(test, '/auth/v1/me', pair)).toBe(200);
  });
});
