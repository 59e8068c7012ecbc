import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, TEST_INTERNAL_KEY, type SeededService } from '@eventzr/testing';
import { AccountCalls, codeOf, PASSWORD } from '../accounts/account-calls.fake.js';
import { auth } from '../auth.service-definition.js';

const MINUTE_MS = 60_000;
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12));
const STRANGER = { 'x-forwarded-for': '203.0.113.7' };
const DESK = { 'x-forwarded-for': '198.51.100.1' };
let test: SeededService;
let calls: AccountCalls;

beforeAll(async () => {
  test = await startSeededService(auth, { clock });
  calls = new AccountCalls(test);
});
beforeEach(() => test.admin.query('DELETE FROM failed_attempts; DELETE FROM sessions'));
afterAll(() => test.close());

const email = 'user@eventzr.com';
const attempt = (password: string, headers = STRANGER, address = email) =>
  calls.post('login', { email: address, password }, headers);
const fail = async (times: number, headers = STRANGER, address = email) => {
  for (let time = 0; time < times; time += 1) await attempt('wrong', headers, address).expect(401);
};

describe('five wrong passwords in 15 minutes', () => {
  it('lock: 423 with Retry-After for who knows the password, 401 for everybody else', async () => {
    await fail(5);
    await attempt('wrong').expect(401);
    const locked = await attempt(PASSWORD).expect(423);
    expect(codeOf(locked)).toBe('ACCOUNT_LOCKED');
    expect(locked.headers['retry-after']).toBe('900');
    clock.advance(15 * MINUTE_MS - 1);
    await attempt(PASSWORD).expect(423);
    clock.advance(1);
    await attempt(PASSWORD).expect(200);
  });

  it('four do not, and a log-in forgets them', async () => {
    await fail(4);
    await attempt(PASSWORD).expect(200);
    await test.admin.query('DELETE FROM sessions'); // or the address would be known
    await fail(4);
    await attempt(PASSWORD).expect(200);
  });

  it('spread over more than 15 minutes do not', async () => {
    await fail(4);
    clock.advance(15 * MINUTE_MS);
    await fail(1);
    await attempt(PASSWORD).expect(200);
  });

  it('at the end of the window lock as long as at its beginning', async () => {
    await fail(4);
    clock.advance(14 * MINUTE_MS);
    await fail(1);
    clock.advance(14 * MINUTE_MS); // the window has rolled, the lock has not ended
    await attempt(PASSWORD).expect(423);
    clock.advance(MINUTE_MS);
    await attempt(PASSWORD).expect(200);
  });

  it('from many addresses count together', async () => {
    for (let host = 1; host <= 5; host += 1) await fail(1, { 'x-forwarded-for': `203.0.113.${host}` });
    await attempt(PASSWORD).expect(423);
  });

  it('of thirty guesses at once no more than ten are looked at', async () => {
    const others = Array.from({ length: 29 }, (_, index) => attempt(`guess ${index}`));
    await Promise.all(others);
    await attempt(PASSWORD).expect(401);
  });

  it('guesses behind the lock learn nothing: the right one after ten answers like a wrong one, until it ends', async () => {
    await fail(10);
    const right = await attempt(PASSWORD).expect(401);
    const wrong = await attempt('wrong').expect(401);
    expect((right.body as { error: unknown }).error).toEqual((wrong.body as { error: unknown }).error);
    clock.advance(15 * MINUTE_MS);
    await attempt(PASSWORD).expect(200);
  });

  it('an attacker who never stops locks nobody out of where they work', async () => {
    await attempt(PASSWORD, DESK).expect(200);
    for (let hour = 0; hour < 3; hour += 1) {
      await fail(12);
      await attempt(PASSWORD, DESK).expect(200);
      clock.advance(20 * MINUTE_MS);
    }
    await fail(12);
    await attempt(PASSWORD).expect(401);
    await attempt(PASSWORD, DESK).expect(200);
  });

  it('whoever guesses at that desk is locked there', async () => {
    await attempt(PASSWORD, DESK).expect(200);
    await fail(5, DESK);
    await attempt(PASSWORD, DESK).expect(423);
    await attempt(PASSWORD).expect(200);
  });

  it('an address without an account behaves the same, and is forgotten in time', async () => {
    await fail(12, STRANGER, 'nobody@eventzr.com');
    const { rows } = await test.admin.query('SELECT failures FROM failed_attempts');
    expect(rows).toEqual([{ failures: 12 }]);
    clock.advance(30 * MINUTE_MS + 1);
    await test
      .request()
      .post('/auth/v1/jobs/purge-sessions')
      .set('x-internal-api-key', TEST_INTERNAL_KEY)
      .expect(200);
    expect((await test.admin.query('SELECT FROM failed_attempts')).rowCount).toBe(0);
  });
});
