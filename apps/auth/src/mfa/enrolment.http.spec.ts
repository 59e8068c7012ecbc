import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, type SeededService } from '@eventzr/testing';
import fc from 'fast-check';
import { AuthCaller, claimsOf, type Answered, type Pair } from '../auth-caller.fake.js';
import { auth } from '../auth.service-definition.js';
import { newRecoveryCode, normalRecoveryCode } from './recovery-codes.js';
import { codeAt } from './totp.js';

const PASSWORD = 'Password123!';
const EMAIL = 'user@eventzr.com';
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12, 0, 10));
let test: SeededService;
const caller = new AuthCaller(() => test);

interface Enrolment {
  readonly secret: string;
  readonly otpauthUri: string;
  readonly qrCode: string;
  readonly expiresAt: string;
}

const enroll = async (token: string, password?: string) =>
  (await caller.post<Enrolment>('mfa/totp/enroll', { password }, token)).data;
const codeOf = (secret: string) => {
  clock.advance(30_000); // each code counts once
  return codeAt(secret, clock.now());
};
const challenge = async () =>
  (await caller.post<{ mfaToken: string }>('login', { email: EMAIL, password: PASSWORD })).data;
const remove = (token: string, body?: object) => caller.call('delete', 'mfa/totp', { token, body });
const recovery = (token: string, body?: object) =>
  caller.post<{ codes: string[] }>('mfa/recovery-codes', body, token);
const seen = ({ status, code }: Answered<unknown>) => [status, code];

/** An account that enrolled an authenticator just now. */
async function enrolled(): Promise<Pair & { readonly secret: string }> {
  const pair = await caller.logIn(EMAIL);
  const { secret } = await enroll(pair.accessToken);
  const { status } = await caller.post('mfa/totp/activate', { code: codeOf(secret) }, pair.accessToken);
  expect(status).toBe(200);
  return { ...pair, secret };
}

beforeAll(async () => {
  test = await startSeededService(auth, { clock });
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.admin.query('DELETE FROM failed_attempts');
  await test.admin.query('DELETE FROM recovery_codes');
  await test.admin.query(
    `UPDATE users SET totp_secret_sealed = NULL, totp_pending_sealed = NULL, totp_last_step = 0, mfa_policy = 'off' WHERE email = $1`,
    [EMAIL],
  );
});

describe('POST /mfa/totp/enroll', () => {
  it('403 before the mailbox was proved: nobody keeps the owner of an address out of an account', async () => {
    const { accessToken } = await caller.logIn(EMAIL);
    await test.admin.query('UPDATE users SET email_verified_at = NULL WHERE email = $1', [EMAIL]);
    const refused = await caller.post('mfa/totp/enroll', undefined, accessToken);
    await test.admin.query('UPDATE users SET email_verified_at = created_at WHERE email = $1', [EMAIL]);
    expect(seen(refused)).toEqual([403, 'ACCOUNT_NOT_VERIFIED']);
  });

  it('200 with a secret, its otpauth URI and a QR code, and changes nothing yet', async () => {
    const { accessToken } = await caller.logIn(EMAIL);
    const { secret, otpauthUri, qrCode, expiresAt } = await enroll(accessToken);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const uri = new URL(otpauthUri);
    expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp']);
    expect(decodeURIComponent(uri.pathname)).toBe(`/EventZR:${EMAIL}`);
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret, issuer: 'EventZR' });
    expect(qrCode).toMatch(/^data:image\/png;base64,/);
    const picture = Buffer.from(qrCode.split(',')[1] ?? '', 'base64');
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(picture.readUInt32BE(16)).toBeGreaterThan(100); // its width
    expect(new Date(expiresAt).getTime()).toBe(clock.now().getTime() + 15 * 60_000);
    await caller.logIn(EMAIL);
    const { rows } = await test.admin.query<{ sealed: string }>(
      'SELECT totp_pending_sealed AS sealed FROM users WHERE email = $1',
      [EMAIL],
    );
    expect(rows[0]?.sealed).not.toContain(secret);
  });

  it('401 STEP_UP_REQUIRED for who would replace a second factor without showing it', async () => {
    const { accessToken, secret } = await enrolled();
    clock.advance(5 * 60_000 + 1);
    const refused = await caller.post('mfa/totp/enroll', undefined, accessToken);
    expect(seen(refused)).toEqual([401, 'STEP_UP_REQUIRED']);
    expect(refused.headers['www-authenticate']).toContain('insufficient_user_authentication');
    const { data } = await caller.post<Pair>('mfa/totp/verify', { code: codeOf(secret) }, accessToken);
    const next = await enroll(data.accessToken);
    const code = codeOf(next.secret);
    expect((await caller.post('mfa/totp/activate', { code }, data.accessToken)).status).toBe(200);
    const { mfaToken } = await challenge();
    expect(seen(await caller.post('mfa/totp/verify', { mfaToken, code: codeOf(secret) }))).toEqual([
      400,
      'MFA_INVALID_CODE',
    ]);
    expect((await caller.post('mfa/totp/verify', { mfaToken, code: codeOf(next.secret) })).status).toBe(200);
  });
});

describe('POST /mfa/totp/activate', () => {
  it('200, and from then on a log-in asks for a code; the one that activated is used up', async () => {
    const { accessToken } = await caller.logIn(EMAIL);
    const { secret } = await enroll(accessToken);
    const code = codeOf(secret);
    const { data } = await caller.post('mfa/totp/activate', { code }, accessToken);
    expect(data).toEqual({ mfaEnabled: true });
    const { mfaToken, ...asked } = await challenge();
    expect(asked).toEqual({ mfaRequired: true, availableMethods: ['totp'] });
    expect(seen(await caller.post('mfa/totp/verify', { mfaToken, code }))).toEqual([400, 'MFA_INVALID_CODE']);
    const opened = await caller.post<Pair>('mfa/totp/verify', { mfaToken, code: codeOf(secret) });
    expect(claimsOf(opened.data.accessToken).amr).toEqual(['pwd', 'otp']);
    expect((await caller.get('me', accessToken)).data).toMatchObject({ mfaEnabled: true, mfaPolicy: 'off' });
  });

  it('one of two at once activates', async () => {
    const { accessToken } = await caller.logIn(EMAIL);
    const { secret } = await enroll(accessToken);
    const code = codeOf(secret);
    const answers = await Promise.all(
      [1, 2, 3].map(() => caller.post('mfa/totp/activate', { code }, accessToken)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('400 without an enrolment, after 15 minutes, for a wrong code, and 429 after five of them', async () => {
    const { accessToken } = await caller.logIn(EMAIL);
    const activate = (code: string) => caller.post('mfa/totp/activate', { code }, accessToken);
    expect(seen(await activate('123456'))).toEqual([400, 'MFA_NOT_ENABLED']);
    const late = await enroll(accessToken);
    clock.advance(15 * 60_000);
    expect(seen(await activate(codeOf(late.secret)))).toEqual([400, 'MFA_NOT_ENABLED']);
    const { secret } = await enroll(accessToken, PASSWORD);
    const right = codeOf(secret);
    const wrong = right === '000000' ? '111111' : '000000';
    const answers = await Promise.all(Array.from({ length: 20 }, () => activate(wrong)));
    expect(answers.filter(({ code }) => code === 'MFA_INVALID_CODE')).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
    expect((await activate(right)).status).toBe(429);
  });
});

describe('DELETE /mfa/totp', () => {
  it.each([
    ['a code', (secret: string) => ({ code: codeOf(secret) })],
    ['the password', () => ({ password: PASSWORD })],
  ])('200 with %s, and log-ins ask for nothing more', async (_, proof) => {
    const { accessToken, secret } = await enrolled();
    clock.advance(5 * 60_000 + 1);
    const { data } = await remove(accessToken, proof(secret));
    expect(data).toEqual({ mfaEnabled: false });
    await caller.logIn(EMAIL);
    expect(seen(await remove(accessToken, proof(secret)))).toEqual([400, 'MFA_NOT_ENABLED']);
  });

  it('200 without a body right after a second factor, 401 later', async () => {
    const { accessToken } = await enrolled();
    clock.advance(5 * 60_000);
    expect((await remove(accessToken)).status).toBe(200);
    const again = await enrolled();
    clock.advance(5 * 60_000 + 1);
    expect(seen(await remove(again.accessToken))).toEqual([401, 'STEP_UP_REQUIRED']);
    expect(seen(await remove(again.accessToken, { password: 'wrong' }))).toEqual([
      401,
      'INVALID_CREDENTIALS',
    ]);
    expect(seen(await remove(again.accessToken, { code: '000000' }))).toEqual([400, 'MFA_INVALID_CODE']);
  });

  it('403 for an account that must have one', async () => {
    const { accessToken } = await enrolled();
    await test.admin.query(`UPDATE users SET mfa_policy = 'always' WHERE email = $1`, [EMAIL]);
    expect(seen(await remove(accessToken))).toEqual([403, 'MFA_REQUIRED_BY_POLICY']);
    const developer = await caller.logIn('dev@eventzr.com');
    expect(seen(await remove(developer.accessToken, { password: PASSWORD }))).toEqual([
      403,
      'MFA_REQUIRED_BY_POLICY',
    ]);
  });
});

describe('POST /mfa/recovery-codes', () => {
  it('200 with ten codes, each of which ends a log-in once, however it is typed', async () => {
    const { accessToken } = await enrolled();
    const { codes } = (await recovery(accessToken)).data;
    expect(new Set(codes).size).toBe(10);
    const [first = '', second = ''] = codes;
    expect(first).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
    const { mfaToken } = await challenge();
    const opened = await caller.post<Pair>('mfa/totp/verify', { mfaToken, code: first });
    expect(claimsOf(opened.data.accessToken).amr).toEqual(['pwd', 'otp']);
    const next = await challenge();
    const typed = second.replaceAll('-', '').toLowerCase();
    expect(
      seen(
        await caller.post('mfa/totp/verify', {
          ...next,
          mfaRequired: undefined,
          availableMethods: undefined,
          code: first,
        }),
      ),
    ).toEqual([400, 'MFA_INVALID_CODE']);
    expect((await caller.post('mfa/totp/verify', { mfaToken: next.mfaToken, code: typed })).status).toBe(200);
    const { rows } = await test.admin.query<{ text: string }>(
      `SELECT encode(digest, 'escape') AS text FROM recovery_codes`,
    );
    expect(rows).toHaveLength(8);
    for (const code of codes) expect(rows.map(({ text }) => text).join()).not.toContain(code);
  });

  it('one code at several places at once opens one session', async () => {
    const { accessToken } = await enrolled();
    const [code] = (await recovery(accessToken)).data.codes;
    const challenges = await Promise.all(Array.from({ length: 4 }, challenge));
    const answers = await Promise.all(
      challenges.map(({ mfaToken }) => caller.post('mfa/totp/verify', { mfaToken, code })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400]);
  });

  it('new ones void the old ones, also when two ask at once', async () => {
    const { accessToken } = await enrolled();
    const [old] = (await recovery(accessToken)).data.codes;
    await Promise.all([recovery(accessToken), recovery(accessToken), recovery(accessToken)]);
    const { rows } = await test.admin.query('SELECT count(*)::int FROM recovery_codes');
    expect(rows).toEqual([{ count: 10 }]);
    const { mfaToken } = await challenge();
    expect(seen(await caller.post('mfa/totp/verify', { mfaToken, code: old }))).toEqual([
      400,
      'MFA_INVALID_CODE',
    ]);
  });

  it('another account’s code opens nothing; removing the second factor voids all', async () => {
    const { accessToken } = await enrolled();
    const [code] = (await recovery(accessToken)).data.codes;
    const developer = await caller.logIn('dev@eventzr.com');
    expect(seen(await caller.post('mfa/totp/verify', { code }, developer.accessToken))).toEqual([
      400,
      'MFA_INVALID_CODE',
    ]);
    await remove(accessToken, { password: PASSWORD });
    const { rows } = await test.admin.query('SELECT count(*)::int FROM recovery_codes');
    expect(rows).toEqual([{ count: 0 }]);
  });

  it('400 for accounts without a second factor, 401 for who shows none now', async () => {
    const plain = await caller.logIn('organizer@eventzr.com');
    expect(seen(await recovery(plain.accessToken, { password: PASSWORD }))).toEqual([400, 'MFA_NOT_ENABLED']);
    const { accessToken } = await enrolled();
    clock.advance(5 * 60_000 + 1);
    expect(seen(await recovery(accessToken))).toEqual([401, 'STEP_UP_REQUIRED']);
  });
});

describe('a challenge of a log-in', () => {
  it('opens one session, whatever other codes come with it', async () => {
    const { accessToken, secret } = await enrolled();
    const codes = (await recovery(accessToken)).data.codes;
    const { mfaToken } = await challenge();
    const answers = await Promise.all(
      [codeOf(secret), codes[0], codes[1]].map((code) => caller.post('mfa/totp/verify', { mfaToken, code })),
    );
    expect(answers.map(({ status, code }) => `${status} ${code}`).sort()).toEqual([
      '200 undefined',
      '401 TOKEN_INVALID',
      '401 TOKEN_INVALID',
    ]);
    // The codes that came in vain are not used up.
    const { rows } = await test.admin.query<{ count: number }>('SELECT count(*)::int FROM recovery_codes');
    expect(rows[0]?.count).toBeGreaterThanOrEqual(9);
  });
});

describe('recovery codes', () => {
  it('are read back however people write them', () => {
    fc.assert(
      fc.property(fc.constant(0).map(newRecoveryCode), fc.boolean(), fc.boolean(), (code, bare, lower) => {
        const typed = bare ? code.replaceAll('-', '') : code;
        expect(normalRecoveryCode(lower ? typed.toLowerCase() : typed)).toBe(code.replaceAll('-', ''));
      }),
    );
    for (const text of ['123456', '', 'ABCD', 'ABCD-EFGH-IJKL-MNO1'])
      expect(normalRecoveryCode(text)).toBeUndefined();
  });
});
