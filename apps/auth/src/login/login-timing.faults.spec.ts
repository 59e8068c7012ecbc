import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSeededService, type SeededService } from '@eventzr/testing';
import { AccountCalls, PASSWORD } from '../accounts/account-calls.fake.js';
import { auth } from '../auth.service-definition.js';

const ROUNDS = 100;
/**
 * Of two reasons for a refusal, each takes longer than the other in at least this share of the rounds. Chance alone
 * gives 0.5, and leaves 0.5 +- 0.25 once in a million times; a hash saved or added leaves next to nothing. What is
 * smaller than the noise of one call is shown by `login-cost.http.spec.ts`, which counts the steps.
 */
const FAIR_SHARE = 0.25;
const LOCKED = 'admin@startup.co';
const STRANGER = { 'x-forwarded-for': '203.0.113.7' };
let test: SeededService;
let calls: AccountCalls;

beforeAll(async () => {
  test = await startSeededService(auth);
  calls = new AccountCalls(test);
  await test.admin.query(`UPDATE users SET password_hash = NULL WHERE email = 'partner@eventzr.com'`);
  await test.admin.query(`UPDATE users SET status = 'suspended' WHERE email = 'organizer@eventzr.com'`);
});
afterAll(() => test.close());

type Case = readonly [name: string, path: string, body: object];

/** How long each case took in each round, in ms. Whatever else the machine does meets the cases of a round alike. */
async function timed(
  cases: readonly Case[],
  prepare: () => Promise<unknown>,
): Promise<Map<string, number[]>> {
  const times = new Map(cases.map(([name]) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round += 1) {
    await prepare();
    // Another order every time: none always runs after the same neighbour.
    for (let step = 0; step < cases.length; step += 1) {
      const [name, path, body] = cases[(step * 5 + round) % cases.length] ?? ['', '', {}];
      const startedAt = performance.now();
      await calls.post(path, body, STRANGER);
      times.get(name)?.push(performance.now() - startedAt);
    }
  }
  return times;
}

/** Every pair of cases of which one is slower too often for chance, with how often. */
function toldApart(times: Map<string, number[]>): string[] {
  return [...times].flatMap(([name, own]) =>
    [...times].flatMap(([other, theirs]) => {
      const slower = own.filter((time, round) => time > (theirs[round] ?? 0)).length / ROUNDS;
      return name !== other && slower > 1 - FAIR_SHARE ? [`${name} > ${other}: ${slower}`] : [];
    }),
  );
}

describe('how long an answer takes', () => {
  it('tells, of course, what takes longer: the comparison sees a hash', async () => {
    const cases: Case[] = [
      ['log-in', 'login', { email: 'nobody@eventzr.com', password: PASSWORD }],
      ['no log-in', 'login', { email: 'nobody' }],
    ];
    const [told = ''] = toldApart(await timed(cases, () => test.admin.query('DELETE FROM failed_attempts')));
    expect(told).toMatch(/^log-in > no log-in: (1|0\.9\d*)$/);
  });

  it('log-ins that fail are not told apart, whatever the reason', async () => {
    const cases: Case[] = [
      ['unknown', 'login', { email: 'nobody@eventzr.com', password: PASSWORD }],
      ['wrong', 'login', { email: 'user@eventzr.com', password: 'wrong' }],
      ['empty', 'login', { email: 'admin@eventzr.com', password: '' }],
      ['absent', 'login', { email: 'dev@eventzr.com' }],
      ['no password', 'login', { email: 'partner@eventzr.com', password: PASSWORD }],
      ['suspended', 'login', { email: 'organizer@eventzr.com', password: 'wrong' }],
      ['locked', 'login', { email: LOCKED, password: 'wrong' }],
    ];
    const times = await timed(cases, async () => {
      // Only one of them shall be locked.
      await test.admin.query('DELETE FROM failed_attempts');
      await test.admin.query(
        `INSERT INTO failed_attempts SELECT sha256($1), 12, $2::timestamptz, $2::timestamptz + interval '15 minutes'`,
        [Buffer.from(`login:${LOCKED}`), test.clock.now()],
      );
    });
    expect(toldApart(times)).toEqual([]);
  });

  it('wishes for a mail tell by their time neither whether there is an account nor whether it is open', async () => {
    const cases: Case[] = [
      ['known', 'password/forgot', { email: 'user@eventzr.com' }],
      ['unknown', 'password/forgot', { email: 'nobody@eventzr.com' }],
      ['suspended', 'password/forgot', { email: 'organizer@eventzr.com' }],
    ];
    expect(toldApart(await timed(cases, async () => undefined))).toEqual([]);
  });
});
