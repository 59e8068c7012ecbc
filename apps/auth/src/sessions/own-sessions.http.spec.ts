import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, type SeededService } from '@eventzr/testing';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { AuthCaller, claimsOf, type Pair } from '../auth-caller.fake.js';
import { auth } from '../auth.service-definition.js';
import { SessionsService } from './sessions.service.js';

const HOUR_MS = 3_600_000;
const EVENTZR = '00000000-0000-0000-0000-000000000001';
const USER = '00000000-0000-4000-8000-000000000104';
const EMAIL = 'user@eventzr.com';
const MOST = 3;
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12));
let test: SeededService;
const caller = new AuthCaller(() => test);

interface Session {
  readonly id: string;
  readonly current: boolean;
  readonly device: string | null;
  readonly address: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string;
}

const sidOf = ({ accessToken }: Pair) => String(claimsOf(accessToken).sid);
const sessions = async ({ accessToken }: Pair, query = '') =>
  (await caller.get<Session[]>(`sessions${query}`, accessToken)).data;
const status = async ({ accessToken }: Pair) => (await caller.get('me', accessToken)).status;
const end = (id: string, { accessToken }: Pair) =>
  caller.call('delete', `sessions/${id}`, { token: accessToken });

beforeAll(async () => {
  test = await startSeededService(auth, { clock, environment: { MAX_SESSIONS_PER_USER: String(MOST) } });
});
afterAll(() => test.close());
beforeEach(() => test.admin.query('DELETE FROM sessions'));

describe('GET /sessions', () => {
  it('200 with my open sessions, latest first: device, address, times, and which is this one', async () => {
    const headers = { 'user-agent': 'Browser of the first tab' };
    const body = { email: EMAIL, password: 'Password123!' };
    const first = (await caller.call<Pair>('post', 'login', { body, headers })).data;
    clock.advance(HOUR_MS / 2);
    const second = await caller.logIn(EMAIL);
    await caller.logIn('organizer@eventzr.com');
    clock.advance(60_000);
    const { accessToken } = await caller.refresh(first);
    const createdAt = new Date(clock.now().getTime() - HOUR_MS / 2 - 60_000).toISOString();
    expect(await sessions({ ...first, accessToken })).toEqual([
      expect.objectContaining({ id: sidOf(second), current: false }),
      {
        id: sidOf(first),
        current: true,
        device: 'Browser of the first tab',
        address: '127.0.0.1',
        secondFactor: false,
        createdAt,
        lastUsedAt: clock.now().toISOString(),
        expiresAt: new Date(clock.now().getTime() + 7 * 24 * HOUR_MS).toISOString(),
      },
    ]);
  });

  it('200 page by page, without those that ended or expired', async () => {
    const gone = await caller.logIn(EMAIL);
    clock.advance(7 * 24 * HOUR_MS + 1);
    const opened: Pair[] = [];
    for (let index = 0; index < 3; index += 1) {
      opened.push(await caller.logIn(EMAIL));
      clock.advance(1_000);
    }
    const [mine] = opened;
    if (mine === undefined) throw new Error('no session');
    await end(sidOf(opened[1] ?? gone), mine);
    const page = await caller.get<Session[]>('sessions?limit=1', mine.accessToken);
    const rest = await sessions(mine, `?limit=1&cursor=${page.page?.next_cursor}`);
    expect([...page.data, ...rest].map(({ id }) => id)).toEqual([sidOf(opened[2] ?? gone), sidOf(mine)]);
  });
});

describe('DELETE /sessions/:id', () => {
  it('200, and both tokens of that session end while mine go on', async () => {
    const [mine, other] = [await caller.logIn(EMAIL), await caller.logIn(EMAIL)];
    expect((await end(sidOf(other), mine)).status).toBe(200);
    expect(await status(other)).toBe(401);
    expect((await caller.post('refresh', { refreshToken: other.refreshToken })).code).toBe('SESSION_EXPIRED');
    expect(await status(mine)).toBe(200);
  });

  it('404 SESSION_NOT_FOUND for one that ended, expired, never was, or is someone else’s', async () => {
    const expired = await caller.logIn(EMAIL);
    clock.advance(7 * 24 * HOUR_MS);
    const [mine, ended] = [await caller.logIn(EMAIL), await caller.logIn(EMAIL)];
    const others = [await caller.logIn('organizer@eventzr.com'), await caller.logIn('admin@startup.co')];
    await end(sidOf(ended), mine);
    for (const id of [expired, ended, ...others].map(sidOf).concat('0190b6a0-0000-7000-8000-000000000001')) {
      const answer = await end(id, mine);
      expect([answer.status, answer.code]).toEqual([404, 'SESSION_NOT_FOUND']);
    }
    for (const other of others) expect(await status(other)).toBe(200);
    expect((await end('x', mine)).status).toBe(400);
  });
});

describe('POST /logout-all', () => {
  it('200, and all of my sessions end, nobody else’s; a log-in in the same second is whole', async () => {
    const [mine, second] = [await caller.logIn(EMAIL), await caller.logIn(EMAIL)];
    const other = await caller.logIn('organizer@eventzr.com');
    const { data } = await caller.post('logout-all', undefined, mine.accessToken);
    expect(data).toEqual({ ended: 2 });
    await test.pullFeed(); // nobody waits for the next look at the feed
    for (const pair of [mine, second]) {
      expect(await status(pair)).toBe(401);
      expect((await caller.post('refresh', { refreshToken: pair.refreshToken })).code).toBe(
        'SESSION_EXPIRED',
      );
    }
    const fresh = await caller.logIn(EMAIL);
    expect([await status(fresh), await status(other)]).toEqual([200, 200]);
    await caller.refresh(fresh);
  });
});

describe('MAX_SESSIONS_PER_USER', () => {
  it('429 MAX_SESSIONS_REACHED for one log-in too many, until one ends or expires; others go on', async () => {
    const opened = [await caller.logIn(EMAIL), await caller.logIn(EMAIL), await caller.logIn(EMAIL)];
    const body = { email: EMAIL, password: 'Password123!' };
    const refused = await caller.post('login', body);
    expect([refused.status, refused.code]).toEqual([429, 'MAX_SESSIONS_REACHED']);
    expect(Number(refused.headers['retry-after'])).toBe((7 * 24 * HOUR_MS) / 1000);
    await caller.logIn('organizer@eventzr.com');
    const [first] = opened;
    if (first === undefined) throw new Error('no session');
    await end(sidOf(opened[1] ?? first), first);
    await caller.logIn(EMAIL);
    expect((await caller.post('login', body)).status).toBe(429);
    clock.advance(7 * 24 * HOUR_MS);
    await caller.logIn(EMAIL);
  });

  it('never more than that, however many log in at once', async () => {
    const { app } = test.service;
    const account = await app.get(AccountsRepository).find(EVENTZR, USER);
    if (account === undefined) throw new Error('no account');
    // Past the password, whose hashing would let them through one by one.
    const open = () => app.get(SessionsService).open(account, { algorithm: 'RS256', otp: false });
    for (let round = 0; round < 8; round += 1) {
      await test.admin.query('DELETE FROM sessions');
      const outcomes = await Promise.allSettled(Array.from({ length: 16 }, open));
      const refused = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
      );
      expect(refused).toHaveLength(16 - MOST);
      for (const reason of refused) expect(reason).toMatchObject({ entry: { code: 'MAX_SESSIONS_REACHED' } });
    }
  });

  it('an unknown password learns nothing of it', async () => {
    for (let index = 0; index < MOST; index += 1) await caller.logIn(EMAIL);
    expect((await caller.post('login', { email: EMAIL, password: 'wrong' })).code).toBe(
      'INVALID_CREDENTIALS',
    );
  });
});
