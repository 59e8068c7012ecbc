import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, type SeededService } from '@eventzr/testing';
import { AccountCalls, codeOf, PASSWORD } from '../accounts/account-calls.fake.js';
import { auth } from '../auth.service-definition.js';

let test: SeededService;
let calls: AccountCalls;

beforeAll(async () => {
  // It stands still: a window that ends in the middle of a test would allow more.
  const clock = new ManualClock(Date.UTC(2026, 2, 1, 12, 0, 30));
  test = await startSeededService(auth, { clock, environment: { RATE_LIMIT: 'on' } });
  calls = new AccountCalls(test);
});
afterAll(() => test.close());

const from = (address: string) => ({ 'x-forwarded-for': address });

describe('limits of open routes', () => {
  it('60 log-ins a minute by address, whatever the account', async () => {
    for (let time = 0; time < 60; time += 1)
      await calls
        .post('login', { email: `a${time}@example.com`, password: 'x' }, from('203.0.113.1'))
        .expect(401);
    const refused = await calls
      .post('login', { email: 'user@eventzr.com', password: PASSWORD }, from('203.0.113.1'))
      .expect(429);
    expect(codeOf(refused)).toBe('RATE_LIMITED');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await calls.logIn('user@eventzr.com', PASSWORD, from('203.0.113.2'));
  });

  it('20 log-ins a minute by account, whatever the address', async () => {
    const email = 'organizer@eventzr.com';
    for (let time = 0; time < 20; time += 1)
      await calls.post('login', { email, password: 'x' }, from(`203.0.113.${10 + time}`)).expect(401);
    await calls
      .post('login', { email: 'Organizer@eventzr.com', password: 'x' }, from('203.0.113.40'))
      .expect(429);
  });

  it.each(['password/forgot', 'email/verify/resend'])(
    '%s: five mails an hour by account, known or not',
    async (path) => {
      for (const email of ['partner@eventzr.com', 'nobody@eventzr.com']) {
        const statuses: number[] = [];
        for (let time = 0; time < 6; time += 1)
          statuses.push((await calls.post(path, { email }, from(`203.0.113.${50 + time}`))).status);
        expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
      }
    },
  );

  it('five invitations an hour to one address: an account that is deleted and made again mails no more', async () => {
    const { accessToken } = await calls.logIn('admin@eventzr.com', PASSWORD, from('203.0.113.80'));
    const bearer = { authorization: `Bearer ${accessToken}` };
    const statuses: number[] = [];
    for (let time = 0; time < 6; time += 1) {
      const body = { email: 'guest@example.com', displayName: 'Guest' };
      const answer = await calls.post('users', body, bearer);
      statuses.push(answer.status);
      const { location = '/auth/v1/users/none' } = answer.headers as { location?: string };
      await test.request().delete(location).set(bearer);
    }
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
  });

  it('30 sign-ups an hour by address', async () => {
    const statuses = new Set<number>();
    for (let time = 0; time < 30; time += 1)
      statuses.add(
        (await calls.post('signup/email', { email: `s${time}@example.com` }, from('203.0.113.90'))).status,
      );
    expect([...statuses]).toEqual([400]);
    await calls.post('signup/email', {}, from('203.0.113.90')).expect(429);
  });
});
