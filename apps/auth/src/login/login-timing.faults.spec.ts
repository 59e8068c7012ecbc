import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSeededService, type SeededService } from '@eventzr/testing';
import { AccountCalls, PASSWORD } from '../accounts/account-calls.fake.js';
import { auth } from '../auth.service-definition.js';

const ROUNDS = 100;
/** A hash is most of a log-in: one more or less would be off by four fifths. `login-cost.http.spec.ts` counts the rest. */
const MOST_APART = 0.25;
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

/**
 * Lower quartiles of interleaved calls, in ms: whatever else the machine does meets all of them alike, and only ever
 * makes a call slower.
 */
async function quartilesOf(
  cases: readonly Case[],
  prepare: () => Promise<unknown>,
): Promise<Map<string, number>> {
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
  return new Map([...times].map(([name, values]) => [name, quartileOf(values)]));
}

function quartileOf(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 4)] ?? 0;
}

function spreadOf(quartiles: Map<string, number>): number {
  return Math.max(...quartiles.values()) / Math.min(...quartiles.values()) - 1;
}

describe('how long an answer takes', () => {
  it(`log-ins that fail differ by less than ${MOST_APART * 100} %, whatever the reason`, async () => {
    const cases: Case[] = [
      ['unknown', 'login', { email: 'nobody@eventzr.com', password: PASSWORD }],
      ['wrong', 'login', { email: 'user@eventzr.com', password: 'wrong' }],
      ['empty', 'login', { email: 'admin@eventzr.com', password: '' }],
      ['absent', 'login', { email: 'dev@eventzr.com' }],
      ['no password', 'login', { email: 'partner@eventzr.com', password: PASSWORD }],
      ['suspended', 'login', { email: 'organizer@eventzr.com', password: 'wrong' }],
      ['locked', 'login', { email: LOCKED, password: 'wrong' }],
    ];
    const quartiles = await quartilesOf(cases, async () => {
      // Only one of them shall be locked.
      await test.admin.query('DELETE FROM failed_attempts');
      await test.admin.query(
        `INSERT INTO failed_attempts SELECT sha256($1), 12, $2::timestamptz, $2::timestamptz + interval '15 minutes'`,
        [Buffer.from(`login:${LOCKED}`), test.clock.now()],
      );
    });
    expect(spreadOf(quartiles)).toBeLessThan(MOST_APART);
  });

  it('wishes for a mail tell by their time neither whether there is an account nor whether it is open', async () => {
    const cases: Case[] = [
      ['known', 'password/forgot', { email: 'user@eventzr.com' }],
      ['unknown', 'password/forgot', { email: 'nobody@eventzr.com' }],
      ['suspended', 'password/forgot', { email: 'organizer@eventzr.com' }],
    ];
    // Without a hash in it an answer takes two milliseconds, of which much is noise.
    expect(spreadOf(await quartilesOf(cases, async () => undefined))).toBeLessThan(2 * MOST_APART);
  });
});
