import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, type SeededService } from '@eventzr/testing';
import { AuthCaller, type Answered } from '../auth-caller.fake.js';
import { auth } from '../auth.service-definition.js';
import { codeAt } from './totp.js';

const PASSWORD = 'Password123!';
const EMAIL = 'user@eventzr.com';
const STEP_UP = [401, 'STEP_UP_REQUIRED'];
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12, 0, 10));
let test: SeededService;
const caller = new AuthCaller(() => test);

const seen = ({ status, code }: Answered<unknown>) => [status, code];
const recovery = (token: string) => caller.post('mfa/recovery-codes', { password: PASSWORD }, token);
const remove = (token: string) => caller.call('delete', 'mfa/totp', { token, body: { password: PASSWORD } });

beforeAll(async () => {
  test = await startSeededService(auth, { clock });
});
afterAll(() => test.close());

describe('an access token alone', () => {
  it('brings no second factor: its owner could not get rid of it', async () => {
    const { accessToken } = await caller.logIn('organizer@eventzr.com');
    const enroll = (body?: object) => caller.post('mfa/totp/enroll', body, accessToken);
    clock.advance(15 * 60_000);
    expect((await enroll()).status).toBe(200);
    clock.advance(1);
    expect(seen(await enroll())).toEqual([401, 'INVALID_CREDENTIALS']);
    expect(seen(await enroll({ password: 'wrong' }))).toEqual([401, 'INVALID_CREDENTIALS']);
    expect((await enroll({ password: PASSWORD })).status).toBe(200);
  });
});

describe('the password alone', () => {
  it('makes no recovery codes: with them it would lift every session to a second factor', async () => {
    const { accessToken } = await caller.logIn('dev@eventzr.com');
    expect(seen(await recovery(accessToken))).toEqual(STEP_UP);
    const { rows } = await test.admin.query('SELECT count(*)::int FROM recovery_codes');
    expect(rows).toEqual([{ count: 0 }]);
  });

  it('removes no second factor from a session that never showed it', async () => {
    const before = await caller.logIn(EMAIL);
    const { accessToken } = await caller.logIn(EMAIL);
    const { data } = await caller.post<{ secret: string }>('mfa/totp/enroll', undefined, accessToken);
    const code = codeAt(data.secret, clock.now());
    expect((await caller.post('mfa/totp/activate', { code }, accessToken)).status).toBe(200);
    expect(seen(await recovery(before.accessToken))).toEqual(STEP_UP);
    expect(seen(await remove(before.accessToken))).toEqual(STEP_UP);
    expect((await remove(accessToken)).status).toBe(200);
  });
});
