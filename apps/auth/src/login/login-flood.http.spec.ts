import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSeededService, type SeededService } from '@eventzr/testing';
import { AccountCalls, codeOf, NEW_PASSWORD, PASSWORD } from '../accounts/account-calls.fake.js';
import { auth } from '../auth.service-definition.js';
import { MAX_ADMITTED, PasswordHasher } from './password-hasher.js';

let test: SeededService;
let calls: AccountCalls;

beforeAll(async () => {
  test = await startSeededService(auth);
  calls = new AccountCalls(test);
});
afterAll(() => test.close());

describe('200 log-ins at once', () => {
  it('GET /me goes on being served, one after the other, while they are worked on', async () => {
    const { accessToken } = await calls.logIn('user@eventzr.com');
    let pending = 200;
    const flood = Array.from({ length: pending }, async (_, index) => {
      const answer = await calls.post('login', { email: `flood${index}@eventzr.com`, password: 'x' });
      pending -= 1;
      return answer;
    });
    let served = 0;
    while (pending > 0) {
      await calls.me(accessToken).expect(200);
      if (pending > 0) served += 1;
    }
    const statuses = (await Promise.all(flood)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 401 && status !== 503)).toEqual([]);
    expect(served).toBeGreaterThan(2);
  });
});

describe('when no more are let in', () => {
  it('503 with Retry-After for whatever hashes, before the database is asked anything; the rest is served', async () => {
    const { accessToken } = await calls.logIn('user@eventzr.com');
    await calls.post('password/forgot', { email: 'user@eventzr.com' }).expect(200);
    const token = await calls.mailedToken('user@eventzr.com');
    const hasher = test.service.app.get(PasswordHasher, { strict: false });
    const before = await attempts();
    const end = fill(hasher);
    const bearer = { authorization: `Bearer ${accessToken}` };
    const refused = [
      await calls.post('login', { email: 'user@eventzr.com', password: PASSWORD }),
      await calls.signUp('full@example.com'),
      await calls.post('password', { currentPassword: PASSWORD, newPassword: NEW_PASSWORD }, bearer),
      await calls.post('password/reset', { token, newPassword: NEW_PASSWORD }),
    ];
    for (const answer of refused) {
      expect([answer.status, codeOf(answer)]).toEqual([503, 'UNAVAILABLE']);
      expect(answer.headers['retry-after']).toBe('2');
    }
    await calls.me(accessToken).expect(200);
    expect(await attempts()).toBe(before);
    await end();
    await calls.post('password/reset', { token, newPassword: NEW_PASSWORD }).expect(200);
    await calls.logIn('user@eventzr.com', NEW_PASSWORD);
  });
});

const attempts = async () => (await test.admin.query('SELECT FROM failed_attempts')).rowCount;

/** Takes every place until `end`. */
function fill(hasher: PasswordHasher): () => Promise<void> {
  const gate = Promise.withResolvers<void>();
  const inside = Array.from({ length: MAX_ADMITTED }, () => hasher.admit(() => gate.promise));
  return async () => {
    gate.resolve();
    await Promise.all(inside);
  };
}
