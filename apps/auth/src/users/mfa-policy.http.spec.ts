import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startSeededService, type SeededService } from '@eventzr/testing';
import { AuthCaller } from '../auth-caller.fake.js';
import { auth } from '../auth.service-definition.js';

const DEVELOPER = '00000000-0000-4000-8000-000000000101';
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12));
let test: SeededService;
const caller = new AuthCaller(() => test);

beforeAll(async () => {
  test = await startSeededService(auth, { clock });
});
afterAll(() => test.close());

describe('mfaPolicy always, while the owner removes the second factor', () => {
  it('400 MFA_NOT_ENABLED: an account never owes a factor that it does not have', async () => {
    const { accessToken } = await caller.logIn('admin@eventzr.com');
    await test.admin.query('BEGIN');
    await test.admin.query('UPDATE users SET totp_secret_sealed = NULL WHERE id = $1', [DEVELOPER]);
    const late = caller.patch(`users/${DEVELOPER}`, { mfaPolicy: 'always' }, accessToken);
    // The change has seen the factor by the time it waits for the row.
    for (let waiting = 0; waiting === 0;) {
      const { rowCount } = await test.admin.query(
        `SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()`,
      );
      waiting = rowCount ?? 0;
    }
    await test.admin.query('COMMIT');
    expect((await late).code).toBe('MFA_NOT_ENABLED');
    const { rows } = await test.admin.query('SELECT mfa_policy FROM users WHERE id = $1', [DEVELOPER]);
    expect(rows).toEqual([{ mfa_policy: 'step_up' }]);
  });
});
