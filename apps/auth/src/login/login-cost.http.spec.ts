import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { startSeededService, type SeededService } from '@eventzr/testing';
import pg from 'pg';
import { AccountCalls, PASSWORD } from '../accounts/account-calls.fake.js';
import { auth } from '../auth.service-definition.js';
import { isOutdated, PASSWORD_COST, PasswordHasher } from './password-hasher.js';

const LOCKED = 'locked@eventzr.com';
let test: SeededService;
let calls: AccountCalls;
let watched: Awaited<ReturnType<typeof watch>>;

beforeAll(async () => {
  test = await startSeededService(auth);
  calls = new AccountCalls(test);
  await test.admin.query(`UPDATE users SET password_hash = NULL WHERE email = 'partner@eventzr.com'`);
  await test.admin.query(`UPDATE users SET status = 'suspended' WHERE email = 'organizer@eventzr.com'`);
  await test.admin.query(`UPDATE users SET email = $1 WHERE email = 'admin@startup.co'`, [LOCKED]);
  watched = await watch();
});
beforeEach(() => void jest.clearAllMocks());
afterAll(async () => {
  jest.restoreAllMocks();
  await test.close();
});

/** Looks on without changing anything. */
async function watch() {
  const hasher = test.service.app.get(PasswordHasher, { strict: false });
  const hashes = await hasher.admit(async (hashing) => jest.spyOn(hashing, 'verify'));
  return [hashes, jest.spyOn(pg.Client.prototype, 'query')] as const;
}

/** What auth asked the hasher for and the database, in order: the first words of statements, and `hash`. */
function steps(): string[] {
  const [hashes, queries] = watched;
  const hashed = hashes.mock.invocationCallOrder.map((order) => [order, 'hash'] as const);
  const asked = queries.mock.calls.flatMap(([query], index) => {
    const { user } = queries.mock.contexts[index] as { user?: string };
    const text = typeof query === 'string' ? query : ((query as { text?: string }).text ?? '');
    const word = text.trim().split(/\s+/)[0] ?? '';
    return user === 'auth_app' ? [[queries.mock.invocationCallOrder[index] ?? 0, word] as const] : [];
  });
  return [...hashed, ...asked].sort(([a], [b]) => a - b).map(([, step]) => step);
}

describe('a log-in that fails', () => {
  const refused: [string, { email: string; password?: string | null }][] = [
    ['an unknown account', { email: 'nobody@eventzr.com', password: PASSWORD }],
    ['a wrong password', { email: 'user@eventzr.com', password: 'wrong' }],
    ['an empty password', { email: 'user@eventzr.com', password: '' }],
    ['an absent password', { email: 'user@eventzr.com' }],
    ['a null password', { email: 'user@eventzr.com', password: null }],
    ['an account without a password', { email: 'partner@eventzr.com', password: PASSWORD }],
    ['a suspended account', { email: 'organizer@eventzr.com', password: 'wrong' }],
    ['a locked account', { email: LOCKED, password: 'wrong' }],
    ['a locked account, the right password, after ten', { email: LOCKED, password: PASSWORD }],
  ];

  it.each(refused)('%s: one read, one write, one hash', async (name, body) => {
    await test.admin.query('DELETE FROM failed_attempts');
    const before = body.email !== LOCKED ? 0 : name.includes('ten') ? 10 : 5;
    for (let time = 0; time < before; time += 1)
      await calls.post('login', { ...body, password: 'x' }).expect(401);
    jest.clearAllMocks();
    await calls.post('login', body).expect(401);
    expect(steps()).toEqual(['SELECT', 'INSERT', 'hash']);
  });
});

describe('POST /password/forgot', () => {
  it.each(['user@eventzr.com', 'nobody@eventzr.com', 'organizer@eventzr.com'])(
    '%s: the same steps, none of which looks for an account',
    async (email) => {
      await calls.post('password/forgot', { email }).expect(200);
      expect(steps().filter((step) => /^(SELECT|INSERT|UPDATE|hash)/.test(step))).toEqual([
        'INSERT',
        'SELECT',
      ]);
    },
  );
});

describe('a log-in with a hash of lower cost', () => {
  const weak = { memoryCost: 8_192, timeCost: 2, parallelism: 1 };
  const stored = async () =>
    (
      await test.admin.query<{ password_hash: string }>(
        `SELECT password_hash FROM users WHERE email = 'user@eventzr.com'`,
      )
    ).rows[0]?.password_hash ?? '';

  it('makes a new one, and goes on with it', async () => {
    await test.admin.query(`UPDATE users SET password_hash = $1 WHERE email = 'user@eventzr.com'`, [
      await hash(PASSWORD, weak),
    ]);
    const pairs = await Promise.all([calls.logIn('user@eventzr.com'), calls.logIn('user@eventzr.com')]);
    expect(await stored()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    for (const { accessToken } of pairs) await calls.me(accessToken).expect(200);
    const upgraded = await stored();
    await calls.logIn('user@eventzr.com');
    expect(await stored()).toBe(upgraded);
  });

  it('a failed one leaves it alone', async () => {
    const old = await hash(PASSWORD, weak);
    await test.admin.query(`UPDATE users SET password_hash = $1 WHERE email = 'user@eventzr.com'`, [old]);
    await calls.post('login', { email: 'user@eventzr.com', password: 'wrong' }).expect(401);
    expect(await stored()).toBe(old);
  });

  it.each([
    ['less memory', { ...PASSWORD_COST, memoryCost: PASSWORD_COST.memoryCost - 1 }, true],
    ['less time', { ...PASSWORD_COST, timeCost: 1 }, true],
    ['today’s cost', PASSWORD_COST, false],
    ['more', { ...PASSWORD_COST, timeCost: 3 }, false],
  ])('outdated or not: %s', async (_, cost, outdated) => {
    expect(isOutdated(await hash('x', cost))).toBe(outdated);
  });
});
