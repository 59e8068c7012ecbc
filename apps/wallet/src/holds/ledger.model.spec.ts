import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { startTestDatabase, type TestDatabase } from '@eventzr/testing';
import { LEDGER_DAY, LEDGER_START, LedgerHarness, newLedgerOwner } from './ledger.fake.js';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await startTestDatabase('wallet');
  pool = new pg.Pool({ connectionString: database.environment['DATABASE_URL'], max: 8 });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('the model', () => {
  const id = fc.integer({ min: 0, max: 5 });
  const amount = fc.integer({ min: 1, max: 60 });
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('reserve' as const), id, amount }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('capture' as const),
        id,
        amount: fc.integer({ min: 0, max: 60 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), id, amount }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('expire' as const), id, amount }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('topUp' as const), id, amount }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('refund' as const), id, amount }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('expireGrants' as const), id, amount }) },
  );

  // What the wallet should answer, in plain arithmetic: it knows nothing of SQL.
  interface ModelHold {
    state: 'open' | 'captured' | 'released' | 'expired';
    amount: number;
    charged: number;
  }

  it('one caller: every answer and both balances follow the rules, after each step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const tried = new LedgerHarness(pool);
        const mine = newLedgerOwner();
        const ids = Array.from({ length: 6 }, () => randomUUID());
        const holds = new Map<number, ModelHold>();
        let [available, held] = [0, 0];
        for (const at of steps) {
          const key = ids[at.id] ?? '';
          const known = holds.get(at.id);
          if (at.do === 'topUp') {
            expect((await tried.topUp(mine, at.amount)).outcome).toBe('created');
            available += at.amount;
          } else if (at.do === 'reserve') {
            const expected =
              known === undefined
                ? available >= at.amount
                  ? 'created'
                  : 'insufficient'
                : reserveAgain(known, at.amount);
            expect((await tried.reserve(mine, key, at.amount)).outcome).toBe(expected);
            if (expected === 'created') {
              holds.set(at.id, { state: 'open', amount: at.amount, charged: 0 });
              available -= at.amount;
              held += at.amount;
            }
          } else if (at.do === 'capture') {
            const answer = await tried.capture(key, at.amount);
            if (known === undefined) expect(answer.outcome).toBe('not_found');
            else if (known.state === 'released') expect(answer.outcome).toBe('released');
            else if (known.state === 'captured')
              expect(answer.outcome).toBe(known.charged === at.amount ? 'done' : 'conflict');
            else if (at.amount > known.amount) expect(answer.outcome).toBe('exceeds');
            else {
              const charge = known.state === 'open' ? at.amount : Math.min(at.amount, available);
              expect(answer).toMatchObject({
                outcome: 'done',
                state: 'captured',
                captured: charge,
                uncollected: at.amount - charge,
              });
              if (known.state === 'open') {
                held -= known.amount;
                available += known.amount;
              }
              available -= charge;
              holds.set(at.id, { ...known, state: 'captured', charged: at.amount });
            }
          } else if (at.do === 'release') {
            const answer = await tried.release(key);
            expect(answer.outcome).toBe(known?.state === 'captured' ? 'captured' : 'done');
            if (known === undefined) holds.set(at.id, { state: 'released', amount: 0, charged: 0 });
            else if (known.state === 'open') {
              held -= known.amount;
              available += known.amount;
              known.state = 'released';
            }
          } else if (at.do === 'expire') {
            expect(await tried.expire(key)).toBe(known?.state === 'open');
            if (known?.state === 'open') {
              held -= known.amount;
              available += known.amount;
              known.state = 'expired';
            }
          } else if (at.do === 'refund') {
            const charges = await tried.charges();
            const before = await tried.balance(mine);
            const charge = charges[at.id % Math.max(1, charges.length)];
            if (charge !== undefined) await tried.refund(charge, at.amount);
            const after = await tried.balance(mine);
            available += after.available - before.available;
            expect([0, at.amount]).toContain(after.available - before.available);
          }
          expect(await tried.balance(mine)).toEqual({ available, held });
          expect(await tried.findings()).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  function reserveAgain(known: ModelHold, amount: number): string {
    if (known.amount === 0 && known.state === 'released') return 'released';
    if (known.amount !== amount) return 'conflict';
    return known.state === 'open' || known.state === 'captured' ? 'existing' : known.state;
  }

  it('several connections at once: every invariant holds after each round, and nothing is overdrawn', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 2, maxLength: 8 }), { minLength: 1, maxLength: 5 }),
        async (rounds) => {
          const tried = new LedgerHarness(pool);
          const owners = [newLedgerOwner(), newLedgerOwner()];
          const ids = Array.from({ length: 6 }, () => randomUUID());
          for (const mine of owners)
            await tried.topUp(mine, 100, { expiresAt: new Date(LEDGER_START + LEDGER_DAY / 2) });
          await tried.topUp(owners[0] ?? newLedgerOwner(), 50, { team: true });
          for (const round of rounds) {
            tried.now += LEDGER_DAY / 8;
            await Promise.all(
              round.map(async (at, index) => {
                const mine = owners[index % 2] ?? newLedgerOwner();
                const key = ids[at.id] ?? '';
                if (at.do === 'reserve') {
                  const roles = index % 3 === 0 ? ['organizer'] : ['user'];
                  // An id can be taken between lookup and insert by the other user's wallet: the service asks again.
                  await tried
                    .reserve(mine, key, at.amount, { roles })
                    .catch(() => tried.reserve(mine, key, at.amount, { roles }));
                } else if (at.do === 'capture') await tried.capture(key, at.amount);
                else if (at.do === 'release') await tried.release(key);
                else if (at.do === 'expire') await tried.expire(key);
                else if (at.do === 'topUp') await tried.topUp(mine, at.amount);
                else if (at.do === 'expireGrants') await tried.expireGrants(mine);
                else {
                  const charge = (await tried.charges())[0];
                  if (charge !== undefined) await tried.refund(charge, at.amount);
                }
              }),
            );
            expect(await tried.findings()).toEqual([]);
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);
});
