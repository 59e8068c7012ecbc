import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, TEST_INTERNAL_KEY, type SeededService } from '@eventzr/testing';
import { SignJWT } from 'jose';
import pg from 'pg';
import { auth } from '../auth.service-definition.js';
import { KeyRing } from '../keys/key-ring.js';

const DAY_MS = 24 * 3_600_000;
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12));
let test: SeededService;

interface Pair {
  readonly accessToken: string;
  readonly refreshToken: string;
}
interface Answer {
  readonly data: Pair;
  readonly error: { readonly code: string } | null;
}

const logIn = async (email = 'user@eventzr.com'): Promise<Pair> => {
  const { body } = await test
    .request()
    .post('/auth/v1/login')
    .send({ email, password: 'Password123!' })
    .expect(200);
  return (body as Answer).data;
};
const refresh = (refreshToken: unknown) => test.request().post('/auth/v1/refresh').send({ refreshToken });
const renewed = async (refreshToken: string) =>
  ((await refresh(refreshToken).expect(200)).body as Answer).data;
const codeOf = async (refreshToken: unknown, status = 401) =>
  ((await refresh(refreshToken).expect(status)).body as Answer).error?.code;
const me = (token: string) => test.request().get('/auth/v1/me').set('authorization', `Bearer ${token}`);
const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
const job = (name: string, key = TEST_INTERNAL_KEY) =>
  test.request().post(`/auth/v1/jobs/${name}`).set('x-internal-api-key', key);

beforeAll(async () => {
  test = await startSeededService(auth, { clock });
});
afterAll(() => test.close());

describe('POST /refresh', () => {
  it('200 with a new pair in the same session', async () => {
    const first = await logIn();
    clock.advance(60_000);
    const second = await renewed(first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(claimsOf(second.accessToken).sid).toBe(claimsOf(first.accessToken).sid);
    await me(second.accessToken).expect(200);
    await me(first.accessToken).expect(200);
  });

  it('the direct parent within 10 s gets the same child; the child goes on', async () => {
    const { refreshToken } = await logIn();
    const child = await renewed(refreshToken);
    clock.advance(10_000);
    expect((await renewed(refreshToken)).refreshToken).toBe(child.refreshToken);
    await renewed(child.refreshToken);
  });

  it('the direct parent after 10 s ends the session everywhere', async () => {
    const { refreshToken } = await logIn();
    const child = await renewed(refreshToken);
    clock.advance(10_001);
    expect(await codeOf(refreshToken)).toBe('REFRESH_REUSED');
    expect(await codeOf(child.refreshToken)).toBe('REFRESH_REUSED');
    expect(((await me(child.accessToken).expect(401)).body as Answer).error?.code).toBe('TOKEN_REVOKED');
  });

  it('a grandparent ends the session even within 10 s: someone else holds it', async () => {
    const { refreshToken } = await logIn();
    const child = await renewed(refreshToken);
    const grandchild = await renewed(child.refreshToken);
    expect(await codeOf(refreshToken)).toBe('REFRESH_REUSED');
    expect(await codeOf(grandchild.refreshToken)).toBe('REFRESH_REUSED');
  });

  const liveJti = async (refreshToken: string) => {
    const { rows } = await test.admin.query<{ jti: string }>(
      'SELECT refresh_jti AS jti FROM sessions WHERE id = $1 AND revoked_at IS NULL',
      [claimsOf(refreshToken).sid],
    );
    return rows.map(({ jti }) => jti);
  };

  it('50 at once make one live child', async () => {
    const { refreshToken } = await logIn();
    const pairs = await Promise.all(Array.from({ length: 50 }, () => renewed(refreshToken)));
    const children = new Set(pairs.map((pair) => pair.refreshToken));
    expect(children.size).toBe(1);
    expect(await liveJti(refreshToken)).toEqual([claimsOf([...children][0] ?? '').jti]);
  });

  it('two tabs that refresh again and again stay together, and neither is logged out', async () => {
    let tabs = await Promise.all([logIn()].flatMap((pair) => [pair, pair]));
    for (let round = 0; round < 5; round += 1) {
      clock.advance(60_000);
      tabs = await Promise.all(tabs.map(({ refreshToken }) => renewed(refreshToken)));
      expect(tabs[0]?.refreshToken).toBe(tabs[1]?.refreshToken);
    }
    const [first] = tabs;
    expect(await liveJti(first?.refreshToken ?? '')).toEqual([claimsOf(first?.refreshToken ?? '').jti]);
  });

  it('an answer that got lost is answered again with the same child, which then goes on', async () => {
    const { refreshToken } = await logIn();
    const lost = await renewed(refreshToken);
    clock.advance(9_999);
    const found = await renewed(refreshToken);
    expect(claimsOf(found.refreshToken)).toEqual(claimsOf(lost.refreshToken));
    clock.advance(60_000);
    await renewed(found.refreshToken);
  });

  it('whoever comes with the stolen parent later, thief or owner, ends the whole family, access tokens too', async () => {
    const stolen = await logIn();
    const owner = await renewed(stolen.refreshToken);
    clock.advance(10_001);
    const thief = await Promise.all(Array.from({ length: 5 }, () => codeOf(stolen.refreshToken)));
    expect(new Set(thief)).toEqual(new Set(['REFRESH_REUSED']));
    expect(await codeOf(owner.refreshToken)).toBe('REFRESH_REUSED');
    for (const { accessToken } of [stolen, owner]) await me(accessToken).expect(401);
    expect(await liveJti(owner.refreshToken)).toEqual([]);
  });

  it('another user’s session does not end with it', async () => {
    const other = await logIn();
    const { refreshToken } = await logIn();
    await renewed((await renewed(refreshToken)).refreshToken);
    await refresh(refreshToken).expect(401);
    await renewed(other.refreshToken);
  });

  it('401 REFRESH_TOKEN_EXPIRED after 7 days, which every refresh renews, and after 60 days in all', async () => {
    let { refreshToken } = await logIn();
    clock.advance(6 * DAY_MS);
    ({ refreshToken } = await renewed(refreshToken));
    clock.advance(7 * DAY_MS);
    expect(await codeOf(refreshToken)).toBe('REFRESH_TOKEN_EXPIRED');

    ({ refreshToken } = await logIn());
    for (let day = 0; day < 60; day += 6) {
      clock.advance(6 * DAY_MS);
      if (day < 54) ({ refreshToken } = await renewed(refreshToken));
    }
    expect(await codeOf(refreshToken)).toBe('REFRESH_TOKEN_EXPIRED');
  });

  it('403 for a suspended account or tenant, whose session goes on once it is lifted', async () => {
    const { refreshToken } = await logIn();
    await test.admin.query(`UPDATE users SET status = 'suspended' WHERE email = 'user@eventzr.com'`);
    expect(await codeOf(refreshToken, 403)).toBe('ACCOUNT_SUSPENDED');
    await test.admin.query(`UPDATE users SET status = 'active'`);
    await test.admin.query(`UPDATE tenants SET status = 'suspended'`);
    expect(await codeOf(refreshToken, 403)).toBe('ACCOUNT_SUSPENDED');
    await test.admin.query(`UPDATE tenants SET status = 'active'`);
    await renewed(refreshToken);
  });

  it('roles that changed are in the next access token', async () => {
    const { refreshToken } = await logIn();
    await test.admin.query(`UPDATE users SET roles = '{user,organizer}' WHERE email = 'user@eventzr.com'`);
    expect(claimsOf((await renewed(refreshToken)).accessToken).roles).toEqual(['user', 'organizer']);
    await test.admin.query(`UPDATE users SET roles = '{user}' WHERE email = 'user@eventzr.com'`);
  });

  it.each([
    ['nothing', undefined, 400],
    ['a number', 7, 400],
    ['an empty text', '', 400],
    ['5 KiB', 'x'.repeat(5_000), 400],
    ['garbage', 'garbage', 401],
    ['alg none', `${Buffer.from('{"alg":"none","typ":"refresh+jwt"}').toString('base64url')}.e30.AA`, 401],
  ])('refuses %s', async (_, token, status) => {
    await refresh(token).expect(status);
  });

  it('401 for an access token, a foreign signature, another kid and a session that never was', async () => {
    const { accessToken, refreshToken } = await logIn();
    expect(await codeOf(accessToken)).toBe('TOKEN_INVALID');
    const forged = await test.tokens.token({
      header: { typ: 'refresh+jwt' },
      claims: { ...claimsOf(refreshToken) },
    });
    expect(await codeOf(forged)).toBe('TOKEN_INVALID');
    const { kid, key } = await test.service.app.get(KeyRing).signing();
    const sign = (claims: object, over: object = {}) =>
      new SignJWT({ ...claimsOf(refreshToken), ...claims })
        .setProtectedHeader({ alg: 'RS256', typ: 'refresh+jwt', kid, ...over })
        .sign(key);
    expect(await codeOf(await sign({}, { kid: 'other' }))).toBe('TOKEN_INVALID');
    expect(await codeOf(await sign({ aud: 'eventzr-api' }))).toBe('TOKEN_INVALID');
    expect(await codeOf(await sign({}, { typ: 'mfa+jwt' }))).toBe('TOKEN_INVALID');
    expect(await codeOf(await sign({ sid: '00000000-0000-4000-8000-00000000ffff' }))).toBe('SESSION_EXPIRED');
    expect(await codeOf(await sign({ tenantId: 'a0000000-0000-4000-8000-000000000002' }))).toBe(
      'SESSION_EXPIRED',
    );
    await renewed(refreshToken);
  });
});

describe('POST /logout', () => {
  it('200, and neither token works any more', async () => {
    const { accessToken, refreshToken } = await logIn();
    const other = await logIn();
    const { body } = await test
      .request()
      .post('/auth/v1/logout')
      .set('authorization', `Bearer ${accessToken}`)
      .expect(200);
    expect((body as { data: object }).data).toEqual({ loggedOut: true });
    expect(((await me(accessToken).expect(401)).body as Answer).error?.code).toBe('TOKEN_REVOKED');
    expect(await codeOf(refreshToken)).toBe('SESSION_EXPIRED');
    await me(other.accessToken).expect(200);
  });

  it('401 without a token', async () => {
    await test.request().post('/auth/v1/logout').expect(401);
  });
});

describe('POST /jobs/purge-sessions', () => {
  it('forgets sessions a week after their end and revocations that refuse nothing', async () => {
    const { accessToken } = await logIn();
    await test.request().post('/auth/v1/logout').set('authorization', `Bearer ${accessToken}`).expect(200);
    clock.advance(15 * DAY_MS);
    const living = await logIn();
    await job('purge-sessions').expect(200);
    const sessions = await test.admin.query('SELECT id::text FROM sessions');
    expect(sessions.rows).toEqual([{ id: claimsOf(living.accessToken).sid }]);
    expect((await job('purge-sessions').expect(200)).body).toMatchObject({
      data: { processed: 0, failed: 0 },
    });
    const lines = await test.admin.query('SELECT FROM revocations WHERE expires_at <= $1', [clock.now()]);
    expect(lines.rowCount).toBe(0);
  });

  it('forgets a session that was ended by hand a week after that, not a week after it would have expired', async () => {
    const { accessToken } = await logIn();
    await test.request().post('/auth/v1/logout').set('authorization', `Bearer ${accessToken}`).expect(200);
    const kept = async () => {
      await job('purge-sessions').expect(200);
      return (await test.admin.query('SELECT FROM sessions WHERE id = $1', [claimsOf(accessToken).sid]))
        .rowCount;
    };
    clock.advance(7 * DAY_MS);
    expect(await kept()).toBe(1);
    clock.advance(1);
    expect(await kept()).toBe(0);
  });

  it('forgets answered challenges once they are over', async () => {
    const insert = `INSERT INTO spent_challenges (tenant_id, id, expires_at)
      SELECT tenant_id, gen_random_uuid(), $1::timestamptz + offs * interval '1 second' FROM tenants, unnest(ARRAY[0, 1]) AS offs`;
    await test.admin.query(insert, [clock.now()]);
    await job('purge-sessions').expect(200);
    const { rows } = await test.admin.query<{ tenants: number }>(
      'SELECT count(*)::int AS tenants FROM spent_challenges',
    );
    expect(rows).toEqual([{ tenants: 2 }]);
  });

  it('401 without the internal key', async () => {
    for (const key of ['', 'undefined', 'wrong']) await job('purge-sessions', key).expect(401);
  });
});

describe('tenants', () => {
  let app: pg.Client;
  beforeEach(async () => {
    app = new pg.Client({ connectionString: test.environment.DATABASE_URL });
    await app.connect();
  });

  it.each(['tenants', 'users', 'sessions', 'revocations'])(
    'without a tenant, %s shows nothing to the app role',
    async (table) => {
      expect((await app.query(`SELECT FROM ${table}`)).rowCount).toBe(0);
      await app.query(`SELECT set_config('app.tenant_id', '', false)`);
      expect((await app.query(`SELECT FROM ${table}`)).rowCount).toBe(0);
      await app.end();
    },
  );
});
