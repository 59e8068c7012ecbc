import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSeededService, type SeededService } from '@eventzr/testing';
import { AccountCalls, codeOf, type Answer } from '../accounts/account-calls.fake.js';
import { auth } from '../auth.service-definition.js';

let test: SeededService;
let token: string;

beforeAll(async () => {
  test = await startSeededService(auth);
  token = (await new AccountCalls(test).logIn('user@eventzr.com')).accessToken;
});
afterAll(() => test.close());

const patch = (body: object) =>
  test.request().patch('/auth/v1/me').set('authorization', `Bearer ${token}`).send(body);
const events = async () =>
  (await test.admin.query(`SELECT data FROM platform.outbox_events WHERE type = 'eventzr.users.updated.v1'`))
    .rows;

describe('PATCH /me', () => {
  it('200 with the new name, told once', async () => {
    for (let time = 0; time < 2; time += 1) {
      const { body } = await patch({ displayName: ' Uma Thunder ' }).expect(200);
      expect((body as Answer).data).toMatchObject({ displayName: 'Uma Thunder', email: 'user@eventzr.com' });
    }
    const userId = '00000000-0000-4000-8000-000000000104';
    const tenantId = '00000000-0000-0000-0000-000000000001';
    expect(await events()).toEqual([
      { data: { tenantId, userId, actorId: userId, roles: ['user'], changed: ['displayName'] } },
    ]);
    expect((await test.admin.query(`SELECT FROM users WHERE display_name = 'Uma Thunder'`)).rowCount).toBe(1);
  });

  it('200 without a field: nothing changes', async () => {
    await patch({}).expect(200);
  });

  it('an Idempotency-Key replays the first answer', async () => {
    const send = (displayName: string) => patch({ displayName }).set('idempotency-key', 'name-1');
    const first = await send('Uma One').expect(200);
    const again = await send('Uma One').expect(200);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    await send('Uma Two').expect(422);
  });

  it.each([
    ['a blank name', { displayName: ' ' }],
    ['a name of two lines', { displayName: 'a\nb' }],
    ['a long name', { displayName: 'x'.repeat(201) }],
    ['roles', { roles: ['admin'] }],
    ['a plan', { planTier: 'ENTERPRISE' }],
    ['an address', { email: 'admin@eventzr.com' }],
  ])('400 for %s', async (_, body) => {
    expect(codeOf(await patch(body).expect(400))).toBe('VALIDATION_FAILED');
  });

  it('401 without a token', async () => {
    await test.request().patch('/auth/v1/me').send({ displayName: 'x' }).expect(401);
  });
});
