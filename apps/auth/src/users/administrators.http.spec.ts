import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, type SeededService } from '@eventzr/testing';
import { AuthCaller, claimsOf, type Answered } from '../auth-caller.fake.js';
import { auth } from '../auth.service-definition.js';

const EVENTZR = '00000000-0000-0000-0000-000000000001';
const ADMIN = '00000000-0000-4000-8000-000000000102';
const USER = '00000000-0000-4000-8000-000000000104';
const STARTUP_ADMIN = '00000000-0000-4000-8000-000000000201';
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12));
let test: SeededService;
let admin: string;
const caller = new AuthCaller(() => test);

const change = (id: string, body: object, token = admin) => caller.patch(`users/${id}`, body, token);
const seen = ({ status, code }: Answered<unknown>) => [status, code];

beforeAll(async () => {
  test = await startSeededService(auth, { clock });
});
afterAll(() => test.close());
beforeEach(async () => {
  clock.advance(60_000);
  admin = (await caller.logIn('admin@eventzr.com')).accessToken;
});

describe('the last administrator', () => {
  it.each([
    ['cannot give the role away', { roles: ['user'] }],
    ['cannot be suspended', { status: 'suspended' }],
  ])('%s', async (_, body) => {
    const startup = (await caller.logIn('admin@startup.co')).accessToken;
    expect(seen(await change(STARTUP_ADMIN, body, startup))).toEqual([409, 'LAST_ADMIN']);
    expect((await caller.get('me', startup)).status).toBe(200);
  });

  it('cannot be deleted', async () => {
    const startup = (await caller.logIn('admin@startup.co')).accessToken;
    expect(seen(await caller.call('delete', `users/${STARTUP_ADMIN}`, { token: startup }))).toEqual([
      409,
      'LAST_ADMIN',
    ]);
  });

  it('is always left when two of them act at once, upon each other or upon themselves', async () => {
    const people = [await caller.person(admin, ['admin']), await caller.person(admin, ['admin'])] as const;
    const ids = people.map(({ id }) => id);
    const tokens = await Promise.all(
      people.map(async ({ email }) => (await caller.logIn(email)).accessToken),
    );
    await test.admin.query(`UPDATE users SET status = 'suspended' WHERE id = $1`, [ADMIN]);
    for (let round = 0; round < 6; round += 1) {
      await Promise.all(
        people.map(({ id }, index) => change(id, { roles: ['user'] }, tokens[(index + round) % 2])),
      );
      const { rows } = await test.admin.query<{ left: number }>(
        `SELECT count(*)::int AS left FROM users WHERE tenant_id = $1 AND status = 'active' AND 'admin' = ANY(roles)`,
        [EVENTZR],
      );
      expect(rows).toEqual([{ left: 1 }]);
      await test.admin.query(`UPDATE users SET roles = '{user,admin}' WHERE id = ANY($1)`, [ids]);
    }
    await test.admin.query(`UPDATE users SET status = 'active' WHERE id = $1`, [ADMIN]);
    await test.admin.query(`UPDATE users SET roles = '{user}' WHERE id = ANY($1)`, [ids]);
  });

  it('one whose role was taken cannot use it for the rest of the hour', async () => {
    const { id, email } = await caller.person(admin, ['admin']);
    const { accessToken } = await caller.logIn(email);
    await change(id, { roles: ['user'] });
    expect(claimsOf(accessToken).roles).toContain('admin');
    expect(seen(await change(USER, { displayName: 'Mine' }, accessToken))).toEqual([403, 'FORBIDDEN']);
    expect(
      seen(
        await caller.post(
          'users',
          { email: 'friend@example.com', displayName: 'F', roles: ['admin'] },
          accessToken,
        ),
      ),
    ).toEqual([403, 'FORBIDDEN']);
  });
});
