import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, TEST_TOTP_SECRET, type SeededService } from '@eventzr/testing';
import { auth } from '../auth.service-definition.js';
import { codeAt, stepOfCode } from './totp.js';

const clock = new ManualClock(Date.UTC(2026, 2, 1, 12, 0, 10));
let test: SeededService;

interface Answer {
  readonly data: Record<string, string> & { mfaRequired?: boolean; availableMethods?: string[] };
  readonly error: { readonly code: string } | null;
}

const post = (path: string, body: object, token?: string) => {
  const sent = test.request().post(`/auth/v1/${path}`);
  return (token === undefined ? sent : sent.set('authorization', `Bearer ${token}`)).send(body);
};
const logIn = async () =>
  ((await post('login', { email: 'dev@eventzr.com', password: 'Password123!' }).expect(200)).body as Answer)
    .data;
const verify = (body: object, token?: string) => post('mfa/totp/verify', body, token);
const codeOf = (answer: { body: unknown }) => (answer.body as Answer).error?.code;
const claimsOf = (token = '') =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
const nextCode = () => {
  clock.advance(30_000); // each code counts once
  return codeAt(TEST_TOTP_SECRET, clock.now());
};

beforeAll(async () => {
  test = await startSeededService(auth, { clock });
});
afterAll(() => test.close());

describe('stepOfCode', () => {
  // RFC 6238 appendix B, SHA-1, cut to 6 digits.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('at second %d the code is %s, valid one step early and late, not two', (second, code) => {
    const step = Math.floor(second / 30);
    const at = (offset: number) => stepOfCode(secret, code, new Date((second + offset) * 1000));
    expect([at(0), at(-30), at(30), at(-60), at(60)]).toEqual([step, step, step, undefined, undefined]);
  });
});

describe('POST /mfa/totp/verify with a Bearer token', () => {
  it('200 with a pair of the same session that carries the second factor, for 12 hours of refreshes', async () => {
    const before = await logIn();
    const { body } = await verify({ code: nextCode() }, before.accessToken).expect(200);
    let pair = (body as Answer).data;
    expect(claimsOf(pair.accessToken)).toMatchObject({
      amr: ['pwd', 'otp'],
      sid: claimsOf(before.accessToken).sid,
      step_up: ['subscriptions'],
    });
    clock.advance(12 * 3_600_000 - 60_000);
    pair = ((await post('refresh', { refreshToken: pair.refreshToken }).expect(200)).body as Answer).data;
    expect(claimsOf(pair.accessToken).amr).toEqual(['pwd', 'otp']);
    clock.advance(60_001);
    pair = ((await post('refresh', { refreshToken: pair.refreshToken }).expect(200)).body as Answer).data;
    expect(claimsOf(pair.accessToken).amr).toEqual(['pwd']);
  });

  it('400 MFA_INVALID_CODE for a code seen before, also in another session and at once', async () => {
    const [first, second] = [await logIn(), await logIn()];
    const code = nextCode();
    const answers = await Promise.all(
      [first, second, first].map(({ accessToken }) => verify({ code }, accessToken)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect(codeOf(await verify({ code }, second.accessToken).expect(400))).toBe('MFA_INVALID_CODE');
  });

  it('400 for a wrong code and for what is no code', async () => {
    const { accessToken } = await logIn();
    const wrong = nextCode() === '000000' ? '111111' : '000000';
    expect(codeOf(await verify({ code: wrong }, accessToken).expect(400))).toBe('MFA_INVALID_CODE');
    for (const code of ['', '12345', '1234567', 'abcdef', '１２３４５６']) {
      expect(codeOf(await verify({ code }, accessToken).expect(400))).toBe('MFA_INVALID_CODE');
    }
    for (const body of [{}, { code: 123456 }, { code: null }, { code: '123456', extra: 1 }]) {
      expect(codeOf(await verify(body, accessToken).expect(400))).toBe('VALIDATION_FAILED');
    }
  });

  it('429 after five wrong codes, even for the right one, until 15 minutes are over', async () => {
    await test.admin.query('DELETE FROM failed_attempts');
    const { accessToken } = await logIn();
    for (let attempt = 0; attempt < 5; attempt += 1)
      await verify({ code: '000000' }, accessToken).expect(400);
    const answer = await verify({ code: nextCode() }, accessToken).expect(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(800);
    clock.advance(15 * 60_000);
    await verify({ code: nextCode() }, accessToken).expect(200);
  });

  it('401 without a token and with a forged one, 400 MFA_NOT_ENABLED for accounts without a secret', async () => {
    expect(codeOf(await verify({ code: '123456' }).expect(401))).toBe('UNAUTHORIZED');
    expect(codeOf(await verify({ code: '123456' }, 'forged').expect(401))).toBe('TOKEN_INVALID');
    const { body } = await post('login', { email: 'user@eventzr.com', password: 'Password123!' }).expect(200);
    expect(codeOf(await verify({ code: '123456' }, (body as Answer).data.accessToken).expect(400))).toBe(
      'MFA_NOT_ENABLED',
    );
  });
});

describe('an account whose policy is always', () => {
  beforeAll(() => test.admin.query(`UPDATE users SET mfa_policy = 'always' WHERE email = 'dev@eventzr.com'`));
  afterAll(() => test.admin.query(`UPDATE users SET mfa_policy = 'step_up' WHERE email = 'dev@eventzr.com'`));

  it('gets a challenge instead of tokens, and a session for its code', async () => {
    const challenge = await logIn();
    expect(challenge).toEqual({
      mfaRequired: true,
      mfaToken: expect.any(String),
      availableMethods: ['totp'],
    });
    const code = nextCode();
    const { body } = await verify({ mfaToken: challenge.mfaToken, code }).expect(200);
    const { accessToken } = (body as Answer).data;
    expect(claimsOf(accessToken).amr).toEqual(['pwd', 'otp']);
    await test.request().get('/auth/v1/me').set('authorization', `Bearer ${accessToken}`).expect(200);
    expect(codeOf(await verify({ mfaToken: challenge.mfaToken, code }).expect(401))).toBe('TOKEN_INVALID');
  });

  it('a challenge opens nothing else, and ends after 5 minutes', async () => {
    const { mfaToken } = await logIn();
    await test.request().get('/auth/v1/me').set('authorization', `Bearer ${mfaToken}`).expect(401);
    await post('refresh', { refreshToken: mfaToken }).expect(401);
    clock.advance(300_000);
    expect(codeOf(await verify({ mfaToken, code: nextCode() }).expect(401))).toBe('TOKEN_EXPIRED');
    expect(codeOf(await verify({ mfaToken: 'garbage', code: '123456' }).expect(401))).toBe('TOKEN_INVALID');
  });
});
