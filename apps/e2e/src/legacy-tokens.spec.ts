import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PASSWORD, RunningPlatform } from './platform.js';

const SECRET = 'a legacy secret of more than 32 bytes';
/** A read of each service that every signed-in user may do. */
const READS = [
  '/auth/v1/me',
  '/wallet/v1/wallets',
  '/studio/v1/render-jobs',
  '/aibrain/v1/requests',
  '/llm-orch/v1/prices',
  '/subscriptions/v1/subscriptions',
  '/vault/v1/assets',
];
const ADMIN_READS = ['/auth/v1/users', '/wallet/v1/policies/team'];

/** The legacy issuer beside RS256: pinned to one algorithm, one secret and no administrators. */
describe('LOGIN_EMAIL_ALG=HS256', () => {
  let eventzr: RunningPlatform;

  beforeAll(async () => {
    eventzr = await RunningPlatform.start({ JWT_HS256_SECRET: SECRET, LOGIN_EMAIL_ALG: 'HS256' });
  }, 120_000);
  afterAll(() => eventzr.stop());

  const logIn = async (email: string, path = '/auth/v1/login/email') => {
    const { data } = await eventzr.call<{ accessToken: string }>(path, {
      body: { email, password: PASSWORD },
    });
    return data.accessToken;
  };
  const statuses = async (token: string, paths: readonly string[] = READS) =>
    Promise.all(paths.map(async (path) => [path, (await eventzr.call(path, { token })).status]));
  const all = (status: number, paths: readonly string[] = READS) => paths.map((path) => [path, status]);

  it('/login/email mints HS256 tokens that all seven services take', async () => {
    const token = await logIn('organizer@eventzr.com');
    expect(read(token, 0)).toMatchObject({ alg: 'HS256' });
    expect(read(token, 1)).toMatchObject({ iss: 'eventzr-legacy' });
    expect(await statuses(token)).toEqual(all(200));
  });

  it('/login goes on with RS256', async () => {
    const token = await logIn('organizer@eventzr.com', '/auth/v1/login');
    expect(read(token, 0)).toMatchObject({ alg: 'RS256' });
    expect(await statuses(token)).toEqual(all(200));
  });

  it('administrators get RS256, which opens what is theirs', async () => {
    const token = await logIn('admin@eventzr.com');
    expect(read(token, 0)).toMatchObject({ alg: 'RS256' });
    expect(await statuses(token, ADMIN_READS)).toEqual(all(200, ADMIN_READS));
  });

  it('nobody takes an HS256 token that says admin, though the secret signed it', async () => {
    const claims = {
      ...read(await logIn('organizer@eventzr.com'), 1),
      roles: ['user', 'organizer', 'admin'],
    };
    expect(await statuses(signed(claims), [...READS, ...ADMIN_READS])).toEqual(
      all(401, [...READS, ...ADMIN_READS]),
    );
  });

  it('nobody takes the secret for the other issuer', async () => {
    const claims = { ...read(await logIn('organizer@eventzr.com'), 1), iss: 'eventzr' };
    expect(await statuses(signed(claims))).toEqual(all(401));
  });

  it('nobody takes another secret', async () => {
    const claims = read(await logIn('organizer@eventzr.com'), 1);
    expect(await statuses(signed(claims, `${SECRET}!`))).toEqual(all(401));
  });
});

function read(token: string, part: number): Record<string, unknown> {
  const text = Buffer.from(token.split('.')[part] ?? '', 'base64url').toString();
  return JSON.parse(text) as Record<string, unknown>;
}

function signed(claims: object, secret = SECRET): string {
  const text = [{ alg: 'HS256', typ: 'JWT', kid: 'legacy-hs256' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
