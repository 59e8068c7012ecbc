import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, type SeededService } from '@eventzr/testing';
import { AccountCalls, codeOf, NEW_PASSWORD, type Answer } from '../accounts/account-calls.fake.js';
import { newAccountToken } from '../account-tokens/account-token.js';
import { auth } from '../auth.service-definition.js';

const DAY_MS = 24 * 3_600_000;
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12));
let test: SeededService;
let calls: AccountCalls;

beforeAll(async () => {
  test = await startSeededService(auth, { clock });
  calls = new AccountCalls(test);
});
afterAll(() => test.close());

const verify = (token: unknown) => calls.post('email/verify', { token });
const events = async (type: string, userId: string) =>
  (
    await test.admin.query('SELECT FROM platform.outbox_events WHERE type = $1 AND aggregate_id = $2', [
      type,
      userId,
    ])
  ).rowCount;

describe('POST /email/verify', () => {
  it('200 with the mailed token, once', async () => {
    const { accessToken, user } = await calls.signedUp('ada@example.com');
    const token = await calls.mailedToken('ada@example.com');
    expect((await verify(token).expect(200)).body).toMatchObject({ data: { verified: true } });
    const { body } = await calls.me(accessToken).expect(200);
    expect((body as Answer).data).toMatchObject({ emailVerified: true });
    expect(codeOf(await verify(token).expect(400))).toBe('LINK_INVALID');
    expect(await events('eventzr.users.verified.v1', user.id)).toBe(1);
  });

  it('of ten at once one is the one', async () => {
    await calls.signedUp('ten@example.com');
    const token = await calls.mailedToken('ten@example.com');
    const answers = await Promise.all(Array.from({ length: 10 }, () => verify(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('400 after 24 hours, not before', async () => {
    await calls.signedUp('late@example.com');
    await calls.signedUp('early@example.com');
    const [late, early] = [
      await calls.mailedToken('late@example.com'),
      await calls.mailedToken('early@example.com'),
    ];
    clock.advance(DAY_MS - 1);
    await verify(early).expect(200);
    clock.advance(1);
    expect(codeOf(await verify(late).expect(400))).toBe('LINK_INVALID');
  });

  it('400 for what is no token, one of another tenant and one of another purpose', async () => {
    const { user } = await calls.signedUp('other@example.com');
    const token = await calls.mailedToken('other@example.com');
    const foreign = newAccountToken('a0000000-0000-4000-8000-000000000002').slice(0, 21) + token.slice(21);
    for (const bad of ['x', `${token}a`, token.slice(1), foreign, newAccountToken(user.tenantId)])
      expect(codeOf(await verify(bad).expect(400))).toBe('LINK_INVALID');
    for (const bad of [undefined, '', 7, 'x'.repeat(201)])
      expect(codeOf(await verify(bad).expect(400))).toBe('VALIDATION_FAILED');
    await calls.post('password/forgot', { email: 'other@example.com' }).expect(200);
    expect(codeOf(await verify(await calls.mailedToken('other@example.com')).expect(400))).toBe(
      'LINK_INVALID',
    );
    await verify(token).expect(200);
  });

  it('the database keeps nothing that opens anything', async () => {
    await calls.signedUp('kept@example.com');
    const token = await calls.mailedToken('kept@example.com');
    const { rows } = await test.admin.query(
      `SELECT t::text || o::text AS kept FROM account_tokens t, mail_orders o
        WHERE t.created_at = (SELECT max(created_at) FROM account_tokens)`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('hex'));
  });
});

describe('an address that was never confirmed', () => {
  it('works for 24 hours, then 403 at log-in and refresh, told only to who knows the password; a new mail opens it', async () => {
    const email = 'slow@example.com';
    const { refreshToken } = await calls.signedUp(email);
    clock.advance(DAY_MS - 1);
    await calls.logIn(email, NEW_PASSWORD);
    clock.advance(1);
    expect(codeOf(await calls.post('login', { email, password: NEW_PASSWORD }).expect(403))).toBe(
      'ACCOUNT_NOT_VERIFIED',
    );
    expect(codeOf(await calls.post('login', { email, password: 'wrong' }).expect(401))).toBe(
      'INVALID_CREDENTIALS',
    );
    expect(codeOf(await calls.post('refresh', { refreshToken }).expect(403))).toBe('ACCOUNT_NOT_VERIFIED');

    await calls.post('email/verify/resend', { email: 'Slow@example.com' }).expect(200);
    await verify(await calls.mailedToken(email)).expect(200);
    await calls.logIn(email, NEW_PASSWORD);
    await calls.post('refresh', { refreshToken }).expect(200);
  });
});

describe('POST /email/verify/resend', () => {
  it('200 with one answer for everybody, and mail for those alone who need it', async () => {
    await calls.signedUp('needs@example.com');
    const people = ['needs@example.com', 'nobody@example.com', 'user@eventzr.com'];
    const answers = await Promise.all(
      people.map((email) => calls.post('email/verify/resend', { email }).expect(200)),
    );
    expect(new Set(answers.map(({ body }) => JSON.stringify((body as Answer).data))).size).toBe(1);
    expect(await calls.mailsTo('needs@example.com')).toHaveLength(2);
    expect(await calls.mailsTo('nobody@example.com')).toEqual([]);
    expect(await calls.mailsTo('user@eventzr.com')).toEqual([]);
  });

  it('both mails work until one of them was used', async () => {
    await calls.signedUp('two@example.com');
    const first = await calls.mailedToken('two@example.com');
    await calls.post('email/verify/resend', { email: 'two@example.com' }).expect(200);
    const second = await calls.mailedToken('two@example.com');
    expect(second).not.toBe(first);
    await verify(first).expect(200);
    await verify(second).expect(400);
  });
});
