import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, type SeededService } from '@eventzr/testing';
import { AccountCalls, NEW_PASSWORD } from '../accounts/account-calls.fake.js';
import { AuthCaller, type Answered, type Person } from '../auth-caller.fake.js';
import { auth } from '../auth.service-definition.js';

const DAY_MS = 24 * 3_600_000;
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12));
let test: SeededService;
let admin: string;
let people: AccountCalls;
const caller = new AuthCaller(() => test);

const seen = ({ status, code }: Answered<unknown>) => [status, code];
const make = (email: string, over: object = {}, token = admin) =>
  caller.post<Person>('users', { email, displayName: 'A Person', ...over }, token);

beforeAll(async () => {
  test = await startSeededService(auth, { clock });
  people = new AccountCalls(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  admin = (await caller.logIn('admin@eventzr.com')).accessToken;
});

describe('who is let in by an administrator', () => {
  it('chooses the first password with the invitation, which confirms the address', async () => {
    expect((await make('guest@example.com')).status).toBe(201);
    const [mail] = await people.mailsTo('guest@example.com');
    expect(mail?.subject).toBe('Your EventZR account');
    const token = await people.mailedToken('guest@example.com');
    await people.post('password/reset', { token, newPassword: NEW_PASSWORD }).expect(200);
    const { accessToken } = await caller.logIn('guest@example.com', NEW_PASSWORD);
    expect((await caller.get('me', accessToken)).data).toMatchObject({ emailVerified: true });
  });

  it('with a password works for a day, and after it once the address is confirmed', async () => {
    await make('member@example.com', { password: NEW_PASSWORD });
    const { accessToken } = await caller.logIn('member@example.com', NEW_PASSWORD);
    // Whoever made the account knows the password: a second factor would keep the owner of the mailbox out.
    expect(seen(await caller.post('mfa/totp/enroll', undefined, accessToken))).toEqual([
      403,
      'ACCOUNT_NOT_VERIFIED',
    ]);
    const token = await people.mailedToken('member@example.com');
    clock.advance(DAY_MS - 1);
    await caller.logIn('member@example.com', NEW_PASSWORD);
    await people.post('email/verify', { token }).expect(200);
    clock.advance(1);
    await caller.logIn('member@example.com', NEW_PASSWORD);
  });

  it('with a password and an address that nobody confirms is locked out after a day', async () => {
    await make('nobody@example.com', { password: NEW_PASSWORD, roles: ['admin'] });
    clock.advance(DAY_MS);
    const late = await caller.post('login', { email: 'nobody@example.com', password: NEW_PASSWORD });
    expect(seen(late)).toEqual([403, 'ACCOUNT_NOT_VERIFIED']);
  });
});

describe('an administrator whose own address is not confirmed', () => {
  it('lets nobody in before it is', async () => {
    const { accessToken } = await people.signedUp('founder@example.com');
    const refused = await make('friend@example.com', {}, accessToken);
    expect(seen(refused)).toEqual([403, 'ACCOUNT_NOT_VERIFIED']);
    expect(await people.mailsTo('friend@example.com')).toEqual([]);
    const token = await people.mailedToken('founder@example.com');
    await people.post('email/verify', { token }).expect(200);
    expect((await make('friend@example.com', {}, accessToken)).status).toBe(201);
  });
});

describe('a tenant’s first administrator', () => {
  it('without a password is invited by the platform', async () => {
    const body = { name: 'Fair Inc', admin: { email: 'boss@fair.example', displayName: 'Boss' } };
    expect((await caller.post('tenants', body, admin)).status).toBe(201);
    const token = await people.mailedToken('boss@fair.example');
    await people.post('password/reset', { token, newPassword: NEW_PASSWORD }).expect(200);
    const boss = await caller.logIn('boss@fair.example', NEW_PASSWORD);
    expect((await make('clerk@fair.example', {}, boss.accessToken)).status).toBe(201);
  });
});
