import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, TEST_TOTP_SECRET, type SeededService } from '@eventzr/testing';
import { AccountCalls, codeOf, NEW_PASSWORD, PASSWORD, type Answer } from '../accounts/account-calls.fake.js';
import { auth } from '../auth.service-definition.js';
import { codeAt } from '../mfa/totp.js';

const HOUR_MS = 3_600_000;
const OTHER_PASSWORD = 'another stage, another day';
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12));
let test: SeededService;
let calls: AccountCalls;

beforeAll(async () => {
  test = await startSeededService(auth, { clock });
  calls = new AccountCalls(test);
});
afterAll(() => test.close());

const change = (token: string, body: object) =>
  calls.post('password', body, { authorization: `Bearer ${token}` });
const reset = (token: string, newPassword = NEW_PASSWORD) =>
  calls.post('password/reset', { token, newPassword });
/** Somebody with an account of their own, so that no test disturbs another. */
const person = async (name: string) => {
  const email = `${name}@example.com`;
  const pair = await calls.signedUp(email);
  await calls.post('email/verify', { token: await calls.mailedToken(email) }).expect(200);
  return { email, ...pair };
};
const resetToken = async (email: string) => {
  await calls.post('password/forgot', { email }).expect(200);
  return calls.mailedToken(email);
};

describe('POST /password', () => {
  it('200: the new one logs in, the old one does not, other sessions end, this one goes on', async () => {
    const { email, accessToken, refreshToken } = await person('change');
    const other = await calls.logIn(email, NEW_PASSWORD);
    const { body } = await change(accessToken, {
      currentPassword: NEW_PASSWORD,
      newPassword: OTHER_PASSWORD,
    }).expect(200);
    expect((body as Answer).data).toEqual({ changed: true, sessionsEnded: 1 });
    await calls.post('login', { email, password: NEW_PASSWORD }).expect(401);
    await calls.logIn(email, OTHER_PASSWORD);
    await test.pullFeed();
    expect(codeOf(await calls.me(other.accessToken).expect(401))).toBe('TOKEN_REVOKED');
    expect(codeOf(await calls.post('refresh', { refreshToken: other.refreshToken }).expect(401))).toBe(
      'SESSION_EXPIRED',
    );
    await calls.me(accessToken).expect(200);
    await calls.post('refresh', { refreshToken }).expect(200);
  });

  it('the owner hears of it by mail, the platform by an event', async () => {
    const { email, accessToken, user } = await person('told');
    await change(accessToken, { currentPassword: NEW_PASSWORD, newPassword: OTHER_PASSWORD }).expect(200);
    expect((await calls.mailsTo(email))[0]).toMatchObject({ subject: 'Your password was changed' });
    const { rows } = await test.admin.query(
      'SELECT data FROM platform.outbox_events WHERE type = $1 AND aggregate_id = $2',
      ['eventzr.auth.password.changed.v1', user.id],
    );
    expect(rows).toEqual([
      { data: { tenantId: user.tenantId, userId: user.id, actorId: user.id, reason: 'changed' } },
    ]);
  });

  it('401 for a wrong current password, and 429 after five: a stolen token is no stolen account', async () => {
    const { email, accessToken } = await person('stolen');
    const guess = { currentPassword: 'wrong', newPassword: OTHER_PASSWORD };
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect(codeOf(await change(accessToken, guess).expect(401))).toBe('INVALID_CREDENTIALS');
    const right = { currentPassword: NEW_PASSWORD, newPassword: OTHER_PASSWORD };
    const answer = await change(accessToken, right).expect(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(800);
    await calls.logIn(email, NEW_PASSWORD); // logging in is not locked by it
    clock.advance(15 * 60_000 + 1);
    await change(accessToken, right).expect(200);
  });

  it('of ten changes at once one is made', async () => {
    const { accessToken } = await person('tenfold');
    await test.admin.query('DELETE FROM failed_attempts');
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        change(accessToken, { currentPassword: NEW_PASSWORD, newPassword: `${OTHER_PASSWORD} ${index}` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
  });

  it('400 for one that is guessed first, 401 without a token', async () => {
    const { accessToken } = await person('weak.person');
    for (const newPassword of ['password1', 'weak.person!'])
      expect(
        codeOf(await change(accessToken, { currentPassword: NEW_PASSWORD, newPassword }).expect(400)),
      ).toBe('WEAK_PASSWORD');
    await calls.post('password', { currentPassword: NEW_PASSWORD, newPassword: OTHER_PASSWORD }).expect(401);
  });
});

describe('POST /password/forgot', () => {
  it('200 with one answer for everybody, and mail for those alone who have an open account', async () => {
    await test.admin.query(`UPDATE users SET status = 'suspended' WHERE email = 'partner@eventzr.com'`);
    const people = ['user@eventzr.com', 'nobody@eventzr.com', 'partner@eventzr.com'];
    const answers = await Promise.all(
      people.map((email) => calls.post('password/forgot', { email }).expect(200)),
    );
    const texts = answers.map(({ body, headers }) =>
      JSON.stringify([(body as Answer).data, Object.keys(headers).sort()]),
    );
    expect(new Set(texts).size).toBe(1);
    expect(await calls.mailsTo('user@eventzr.com')).toHaveLength(1);
    expect(await calls.mailsTo('nobody@eventzr.com')).toEqual([]);
    expect(await calls.mailsTo('partner@eventzr.com')).toEqual([]);
  });
});

describe('POST /password/reset', () => {
  it('200 once: the new password logs in, all sessions and other tokens end', async () => {
    const { email, accessToken, refreshToken } = await person('reset');
    const [first, second] = [await resetToken(email), await resetToken(email)];
    const { body } = await reset(second, OTHER_PASSWORD).expect(200);
    expect((body as Answer).data).toEqual({ changed: true, sessionsEnded: 1 });
    for (const used of [first, second]) expect(codeOf(await reset(used).expect(400))).toBe('LINK_INVALID');
    await test.pullFeed();
    expect(codeOf(await calls.me(accessToken).expect(401))).toBe('TOKEN_REVOKED');
    expect(codeOf(await calls.post('refresh', { refreshToken }).expect(401))).toBe('SESSION_EXPIRED');
    await calls.post('login', { email, password: NEW_PASSWORD }).expect(401);
    await calls.logIn(email, OTHER_PASSWORD);
  });

  it('of five at once one counts', async () => {
    const { email } = await person('fivefold');
    const token = await resetToken(email);
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) => reset(token, `${OTHER_PASSWORD} ${index}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
  });

  it('400 after an hour, for garbage, and for a token that confirms an address', async () => {
    const { email } = await person('hour');
    const [early, late] = [await resetToken(email), await resetToken(email)];
    clock.advance(HOUR_MS);
    for (const token of [early, late, 'garbage', 'A'.repeat(64)])
      expect(codeOf(await reset(token).expect(400))).toBe('LINK_INVALID');
    await calls.signedUp('unconfirmed@example.com');
    expect(codeOf(await reset(await calls.mailedToken('unconfirmed@example.com')).expect(400))).toBe(
      'LINK_INVALID',
    );
  });

  it('400 for a password that is guessed first, and the token still works', async () => {
    const { email } = await person('second.try');
    const token = await resetToken(email);
    for (const bad of ['password1', 'second.try99'])
      expect(codeOf(await reset(token, bad).expect(400))).toBe('WEAK_PASSWORD');
    await reset(token).expect(200);
  });

  it('a changed password ends tokens that were mailed before', async () => {
    const { email, accessToken } = await person('overtaken');
    const token = await resetToken(email);
    await change(accessToken, { currentPassword: NEW_PASSWORD, newPassword: OTHER_PASSWORD }).expect(200);
    expect(codeOf(await reset(token).expect(400))).toBe('LINK_INVALID');
  });

  it('ends the lock that wrong passwords brought about', async () => {
    const { email } = await person('locked');
    const strange = { 'x-forwarded-for': '203.0.113.9' };
    for (let attempt = 0; attempt < 5; attempt += 1)
      await calls.post('login', { email, password: 'wrong' }, strange).expect(401);
    await calls.post('login', { email, password: NEW_PASSWORD }, strange).expect(423);
    await reset(await resetToken(email), OTHER_PASSWORD).expect(200);
    await calls.logIn(email, OTHER_PASSWORD, strange);
  });

  it('proves the mailbox of somebody who never confirmed it', async () => {
    const email = 'squatted@example.com';
    const { accessToken } = await calls.signedUp(email);
    clock.advance(25 * HOUR_MS);
    await reset(await resetToken(email), OTHER_PASSWORD).expect(200);
    await calls.logIn(email, OTHER_PASSWORD);
    await calls.me(accessToken).expect(401);
  });

  it('does not open a suspended account', async () => {
    const { email, user } = await person('closed');
    const token = await resetToken(email);
    await test.admin.query(`UPDATE users SET status = 'suspended' WHERE id = $1`, [user.id]);
    expect(codeOf(await reset(token, OTHER_PASSWORD).expect(403))).toBe('ACCOUNT_SUSPENDED');
    expect(codeOf(await calls.post('login', { email, password: NEW_PASSWORD }).expect(403))).toBe(
      'ACCOUNT_SUSPENDED',
    );
  });

  it('does not spare the second factor, and ends challenges that the old password opened', async () => {
    const email = 'dev@eventzr.com';
    await test.admin.query(`UPDATE users SET mfa_policy = 'always' WHERE email = $1`, [email]);
    const challenge = async (password: string) =>
      (
        (await calls.post('login', { email, password }).expect(200)).body as Answer<{
          mfaRequired: true;
          mfaToken: string;
        }>
      ).data;
    const old = await challenge(PASSWORD);
    clock.advance(30_000);
    await reset(await resetToken(email)).expect(200);
    const code = () => codeAt(TEST_TOTP_SECRET, clock.now());
    expect(
      codeOf(await calls.post('mfa/totp/verify', { mfaToken: old.mfaToken, code: code() }).expect(401)),
    ).toBe('SESSION_EXPIRED');
    const fresh = await challenge(NEW_PASSWORD);
    expect(Object.keys(fresh).sort()).toEqual(['availableMethods', 'mfaRequired', 'mfaToken']);
    await calls.post('mfa/totp/verify', { mfaToken: fresh.mfaToken, code: code() }).expect(200);
  });
});

describe('a log-in with the old password at the very moment of a change', () => {
  it('opens no session that outlives the change', async () => {
    const { email, user } = await person('moment');
    const sessions = async () =>
      (await test.admin.query('SELECT FROM sessions WHERE user_id = $1', [user.id])).rowCount;
    const before = await sessions();
    await test.admin.query('BEGIN');
    await test.admin.query(`UPDATE users SET password_changed_at = $1 WHERE id = $2`, [clock.now(), user.id]);
    const late = calls.post('login', { email, password: NEW_PASSWORD }).then(({ status }) => status);
    // The log-in has read the old password by the time it waits for the row.
    for (let waiting = 0; waiting === 0;) {
      const { rowCount } = await test.admin.query(
        `SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()`,
      );
      waiting = rowCount ?? 0;
    }
    await test.admin.query('COMMIT');
    expect(await late).toBe(401);
    expect(await sessions()).toBe(before);
  });
});

describe('what is never kept for a repeated request', () => {
  it('an Idempotency-Key changes nothing: passwords are in no stored answer', async () => {
    const { accessToken } = await person('keyless');
    const send = () =>
      change(accessToken, { currentPassword: NEW_PASSWORD, newPassword: OTHER_PASSWORD }).set(
        'idempotency-key',
        'k1',
      );
    await send().expect(200);
    await send().expect(401);
    expect((await test.admin.query('SELECT FROM platform.idempotency_keys')).rowCount).toBe(0);
  });
});
