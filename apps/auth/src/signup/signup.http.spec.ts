import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSeededService, type SeededService } from '@eventzr/testing';
import {
  AccountCalls,
  claimsOf,
  codeOf,
  NEW_PASSWORD,
  type Answer,
  type Pair,
} from '../accounts/account-calls.fake.js';
import { auth } from '../auth.service-definition.js';

let test: SeededService;
let calls: AccountCalls;

beforeAll(async () => {
  test = await startSeededService(auth);
  calls = new AccountCalls(test);
});
afterAll(() => test.close());

const count = async (table: string) =>
  (await test.admin.query<{ count: number }>(`SELECT count(*)::int FROM ${table}`)).rows[0]?.count;

describe('POST /signup/email', () => {
  it('201 with user and tokens of a new tenant, which the founder administers', async () => {
    const answer = await calls.signUp('Ada@Example.com').expect(201);
    expect(answer.headers.location).toBe('/auth/v1/me');
    const { data } = answer.body as Answer<Pair>;
    expect(data).toMatchObject({
      tokenType: 'Bearer',
      expiresIn: 3600,
      user: {
        email: 'ada@example.com',
        displayName: 'Ada Lovelace',
        roles: ['user', 'organizer', 'admin'],
        planTier: 'BASE',
      },
    });
    expect(claimsOf(data.accessToken)).toMatchObject({
      tenantId: data.user.tenantId,
      sub: data.user.id,
      planTier: 'BASE',
    });
    const { body } = await calls.me(data.accessToken).expect(200);
    expect((body as Answer).data).toMatchObject({
      emailVerified: false,
      tenantName: 'Ada Lovelace',
      tier: 'BASE',
    });
    await calls.post('refresh', { refreshToken: data.refreshToken }).expect(200);
  });

  it('the account logs in again, with the same password', async () => {
    await calls.signedUp('again@example.com');
    await calls.logIn('again@example.com', NEW_PASSWORD);
  });

  it('a tenant is named as asked; one name is enough', async () => {
    const { body } = await calls
      .post('signup/email', {
        email: 'mono@example.com',
        password: NEW_PASSWORD,
        firstName: 'Björk',
        organizationName: 'Café Zürich',
      })
      .expect(201);
    const me = await calls.me((body as Answer<Pair>).data.accessToken).expect(200);
    expect((me.body as Answer).data).toMatchObject({ displayName: 'Björk', tenantName: 'Café Zürich' });
  });

  it('tells the platform, with ids and no address', async () => {
    const { user } = await calls.signedUp('told@example.com');
    const { rows } = await test.admin.query(
      'SELECT data FROM platform.outbox_events WHERE type = $1 AND aggregate_id = $2',
      ['eventzr.users.created.v1', user.id],
    );
    expect(rows).toEqual([
      {
        data: {
          tenantId: user.tenantId,
          userId: user.id,
          actorId: user.id,
          roles: ['user', 'organizer', 'admin'],
        },
      },
    ]);
  });

  it('409 for a taken address, in any case of letters, and nothing is left behind', async () => {
    await calls.signedUp('taken@example.com');
    const before = [await count('tenants'), await count('users'), await count('mail_orders')];
    expect(codeOf(await calls.signUp('TAKEN@example.com').expect(409))).toBe('EMAIL_TAKEN');
    expect(codeOf(await calls.signUp('user@eventzr.com').expect(409))).toBe('EMAIL_TAKEN');
    expect([await count('tenants'), await count('users'), await count('mail_orders')]).toEqual(before);
  });

  it('of ten at once with one address, one gets in', async () => {
    const tenants = await count('tenants');
    const answers = await Promise.all(Array.from({ length: 10 }, () => calls.signUp('race@example.com')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
    expect(await count('tenants')).toBe((tenants ?? 0) + 1);
  });

  it('403 when a tenant is named: nobody lets himself in', async () => {
    const body = { email: 'intruder@example.com', password: NEW_PASSWORD, firstName: 'I' };
    const headers = { 'x-tenant-id': '00000000-0000-0000-0000-000000000001' };
    expect(codeOf(await calls.post('signup/email', body, headers).expect(403))).toBe('TENANT_MISMATCH');
  });

  it.each([
    ['a password of 7 characters', { password: 'x3$Lq!m' }, 'VALIDATION_FAILED'],
    ['a password of 257 characters', { password: 'x'.repeat(257) }, 'VALIDATION_FAILED'],
    ['a common password', { password: 'Qwerty123' }, 'WEAK_PASSWORD'],
    ['the address as the password', { password: 'carol.smith2026!' }, 'WEAK_PASSWORD'],
    ['no first name', { firstName: undefined }, 'VALIDATION_FAILED'],
    ['a blank first name', { firstName: ' \u00a0 ' }, 'VALIDATION_FAILED'],
    ['a name of two lines', { firstName: 'Ada\r\nBcc: x@y.z' }, 'VALIDATION_FAILED'],
    ['an address that is none', { email: 'carol' }, 'VALIDATION_FAILED'],
    ['an address with a line break', { email: 'carol@example.com\r\nBcc: x@y.z' }, 'VALIDATION_FAILED'],
    ['an unknown field', { roles: ['admin'] }, 'VALIDATION_FAILED'],
  ])('400 for %s', async (_, over, code) => {
    expect(codeOf(await calls.signUp('carol.smith@example.com', over).expect(400))).toBe(code);
  });

  it('a password of 256 characters counts to the last one', async () => {
    const password = `${'long '.repeat(51)}z`;
    expect(password).toHaveLength(256);
    await calls.signUp('long@example.com', { password }).expect(201);
    await calls
      .post('login', { email: 'long@example.com', password: `${password.slice(0, -1)}y` })
      .expect(401);
    await calls.logIn('long@example.com', password);
  });
});
