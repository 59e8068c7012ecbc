import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedTestDatabase, startSeededService, TEST_TOTP_SECRET, type SeededService } from '@eventzr/testing';
import { auth } from '../auth.service-definition.js';

const EVENTZR = '00000000-0000-0000-0000-000000000001';
const STARTUP = 'a0000000-0000-4000-8000-000000000002';
const PASSWORD = 'Password123!';
const LEGACY_SECRET = 'a legacy secret of more than 32 bytes';
const right = { email: 'dev@eventzr.com', password: PASSWORD };

let test: SeededService;

interface Answer {
  data: {
    accessToken: string;
    refreshToken: string;
    expiresIn: number;
    tokenType: string;
    user: Record<string, unknown>;
  };
  error: { code: string; message: string; details: unknown } | null;
}

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  test.request().post(`/auth/v1/${path}`).set(headers).send(body);
const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
const headerOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Record<string, unknown>;
const logIn = async (email: string, path = 'login') =>
  ((await post(path, { email, password: PASSWORD }).expect(200)).body as Answer).data;

beforeAll(async () => {
  const environment = { JWT_HS256_SECRET: LEGACY_SECRET, LOGIN_EMAIL_ALG: 'HS256' };
  test = await startSeededService(auth, { environment });
  const secrets = {
    devTotpSecret: TEST_TOTP_SECRET,
    keyEncryptionKey: test.environment.KEY_ENCRYPTION_KEY ?? '',
  };
  await seedTestDatabase('auth', test.database, test.clock.now(), secrets); // a second start changes nothing
});
afterAll(() => test.close());

describe('POST /login', () => {
  it('200 with the documented answer and claims', async () => {
    const { body } = await post('login', right).expect(200);
    const { data, error } = body as Answer;
    expect(error).toBeNull();
    expect(data).toMatchObject({
      tokenType: 'Bearer',
      expiresIn: 3600,
      user: { email: 'dev@eventzr.com', tenantId: EVENTZR },
    });
    expect(headerOf(data.accessToken)).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    expect(headerOf(data.refreshToken)).toMatchObject({ alg: 'RS256', typ: 'refresh+jwt' });
    const now = test.clock.now().getTime() / 1000;
    expect(claimsOf(data.accessToken)).toMatchObject({
      iss: 'eventzr',
      aud: 'eventzr-api',
      sub: '00000000-0000-4000-8000-000000000101',
      tenantId: EVENTZR,
      email: 'dev@eventzr.com',
      roles: ['user'],
      planTier: 'professional',
      amr: ['pwd'],
      step_up: ['subscriptions'],
      iat: now,
      exp: now + 3600,
    });
  });

  it.each([
    ['admin@eventzr.com', ['user', 'organizer', 'admin'], 'professional', EVENTZR],
    ['organizer@eventzr.com', ['user', 'organizer'], 'professional', EVENTZR],
    ['user@eventzr.com', ['user'], 'BASE', EVENTZR],
    ['partner@eventzr.com', ['user', 'partner'], 'BASE', EVENTZR],
    ['admin@startup.co', ['user', 'organizer', 'admin'], 'BASE', STARTUP],
    ['Admin@Startup.CO', ['user', 'organizer', 'admin'], 'BASE', STARTUP],
  ])(
    '200 for %s with its roles and tenant, and nothing to step up',
    async (email, roles, planTier, tenantId) => {
      const claims = claimsOf((await logIn(email)).accessToken);
      expect(claims).toMatchObject({ roles, planTier, tenantId });
      expect(claims).not.toHaveProperty('step_up');
    },
  );

  it('the access token opens auth itself', async () => {
    const { accessToken } = await logIn('dev@eventzr.com');
    for (const path of ['me', 'profile']) {
      const { body } = await test
        .request()
        .get(`/auth/v1/${path}`)
        .set('authorization', `Bearer ${accessToken}`)
        .expect(200);
      expect((body as Answer).data).toMatchObject({
        email: 'dev@eventzr.com',
        tenantName: 'EventZR',
        tier: 'PRO',
        mfaPolicy: 'step_up',
        mfaEnabled: true,
      });
    }
  });

  it('the refresh token does not', async () => {
    const { refreshToken } = await logIn('dev@eventzr.com');
    await test.request().get('/auth/v1/me').set('authorization', `Bearer ${refreshToken}`).expect(401);
  });

  it('x-tenant-id must be the account’s when sent', async () => {
    await post('login', right, { 'x-tenant-id': EVENTZR }).expect(200);
    const { body } = await post('login', right, { 'x-tenant-id': STARTUP }).expect(403);
    expect((body as Answer).error?.code).toBe('TENANT_MISMATCH');
    await post('login', { ...right, password: 'wrong' }, { 'x-tenant-id': STARTUP }).expect(401);
    await test.admin.query('DELETE FROM failed_attempts');
  });

  it.each([
    ['no body', undefined],
    ['an e-mail that is a number', { email: 7, password: PASSWORD }],
    ['no e-mail', { password: PASSWORD }],
    ['an e-mail that is none', { email: 'dev', password: PASSWORD }],
    ['a password that is a number', { email: right.email, password: 7 }],
    ['a password that is an object', { email: right.email, password: { $ne: '' } }],
    ['a huge password', { email: right.email, password: 'x'.repeat(1025) }],
    ['an unknown field', { ...right, admin: true }],
  ])('400 for %s', async (_, body) => {
    const answer = await test.request().post('/auth/v1/login').send(body).expect(400);
    expect((answer.body as Answer).error?.code).toBe('VALIDATION_FAILED');
  });
});

describe('POST /login/email', () => {
  it('200 with an HS256 access token that is accepted like the others', async () => {
    const { accessToken, refreshToken } = await logIn('organizer@eventzr.com', 'login/email');
    expect(headerOf(accessToken)).toMatchObject({ alg: 'HS256' });
    expect(claimsOf(accessToken)).toMatchObject({ iss: 'eventzr-legacy', roles: ['user', 'organizer'] });
    await test.request().get('/auth/v1/me').set('authorization', `Bearer ${accessToken}`).expect(200);
    const { body } = await post('refresh', { refreshToken }).expect(200);
    expect(headerOf((body as Answer).data.accessToken)).toMatchObject({ alg: 'HS256' });
  });

  it('an account that becomes an administrator leaves the legacy issuer at its next refresh', async () => {
    const { refreshToken } = await logIn('organizer@eventzr.com', 'login/email');
    const setRoles = (roles: string) =>
      test.admin.query(`UPDATE users SET roles = $1 WHERE email = 'organizer@eventzr.com'`, [roles]);
    await setRoles('{user,organizer,admin}');
    const { data } = (await post('refresh', { refreshToken }).expect(200)).body as Answer;
    expect(headerOf(data.accessToken)).toMatchObject({ alg: 'RS256' });
    await test.request().get('/auth/v1/me').set('authorization', `Bearer ${data.accessToken}`).expect(200);
    await setRoles('{user,organizer}');
    const next = (await post('refresh', { refreshToken: data.refreshToken }).expect(200)).body as Answer;
    expect(headerOf(next.data.accessToken)).toMatchObject({ alg: 'HS256' });
  });

  it('200 with RS256 for administrators, whom the legacy issuer may not name', async () => {
    const { accessToken } = await logIn('admin@eventzr.com', 'login/email');
    expect(headerOf(accessToken)).toMatchObject({ alg: 'RS256' });
    await test.request().get('/auth/v1/me').set('authorization', `Bearer ${accessToken}`).expect(200);
  });
});

describe('log-ins that fail', () => {
  const refusals: [string, object][] = [
    ['an unknown account', { email: 'nobody@eventzr.com', password: PASSWORD }],
    ['a wrong password', { email: 'user@eventzr.com', password: 'Password123' }],
    ['an empty password', { email: 'user@eventzr.com', password: '' }],
    ['an absent password', { email: 'user@eventzr.com' }],
    ['a null password', { email: 'user@eventzr.com', password: null }],
    ['an account without a password', { email: 'partner@eventzr.com', password: PASSWORD }],
    ['a suspended account and a wrong password', { email: 'organizer@eventzr.com', password: 'wrong' }],
  ];

  beforeAll(async () => {
    await test.admin.query(`UPDATE users SET password_hash = NULL WHERE email = 'partner@eventzr.com'`);
    await test.admin.query(`UPDATE users SET status = 'suspended' WHERE email = 'organizer@eventzr.com'`);
  });

  it('are not told apart by their text', async () => {
    const seen = new Set<string>();
    for (const [, body] of refusals) {
      const answer = await post('login', body).expect(401);
      const { error } = answer.body as Answer;
      seen.add(JSON.stringify([error, Object.keys(answer.headers).sort()]));
    }
    expect(seen.size).toBe(1);
    expect([...seen][0]).toContain('INVALID_CREDENTIALS');
  });

  it('403 only for those who know the password of a suspended account', async () => {
    const { body } = await post('login', { email: 'organizer@eventzr.com', password: PASSWORD }).expect(403);
    expect((body as Answer).error?.code).toBe('ACCOUNT_SUSPENDED');
  });

  it('423 after five in 15 minutes, told only to those who know the password; open again later', async () => {
    await test.admin.query('DELETE FROM failed_attempts');
    const email = 'admin@startup.co';
    for (let attempt = 0; attempt < 5; attempt += 1)
      await post('login', { email, password: 'wrong' }).expect(401);
    await post('login', { email, password: 'wrong' }).expect(401);
    const locked = await post('login', { email, password: PASSWORD }).expect(423);
    expect((locked.body as Answer).error?.code).toBe('ACCOUNT_LOCKED');
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(800);
    test.clock.advance(15 * 60_000 + 1);
    await post('login', { email, password: PASSWORD }).expect(200);
    await post('login', { email, password: 'wrong' }).expect(401);
    await post('login', { email, password: PASSWORD }).expect(200);
  });

  it('count for addresses without an account too', async () => {
    await test.admin.query('DELETE FROM failed_attempts');
    await post('login', { email: 'nobody@eventzr.com', password: 'x' }).expect(401);
    const { rows } = await test.admin.query('SELECT failures FROM failed_attempts');
    expect(rows).toEqual([{ failures: 1 }]);
  });
});

describe('what the database keeps', () => {
  it('holds no readable secret', async () => {
    const { rows } = await test.admin.query<{ password_hash: string; totp_secret_sealed: string }>(
      `SELECT password_hash, totp_secret_sealed FROM users WHERE email = 'dev@eventzr.com'`,
    );
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(rows[0]?.totp_secret_sealed).not.toContain(TEST_TOTP_SECRET);
    const keys = await test.admin.query<{ jwk: object; private_sealed: string }>(
      'SELECT jwk, private_sealed FROM signing_keys',
    );
    expect(keys.rows.map(({ private_sealed }) => private_sealed).join()).not.toContain('PRIVATE KEY');
    expect(Object.keys(keys.rows[0]?.jwk ?? {}).sort()).toEqual(['e', 'kty', 'n']);
  });
});
