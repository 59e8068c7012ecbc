import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type pg from 'pg';
import { startTestDatabase, type TestDatabase } from '@eventzr/testing';
import { LedgerModel } from './ledger-model.fake.js';
import { LEDGER_DAY, LEDGER_START, LedgerHarness, ledgerPool, newLedgerOwner } from './ledger.fake.js';

const HOUR = LEDGER_DAY / 24;

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await startTestDatabase('wallet');
  pool = ledgerPool(database, 12);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const id = fc.integer({ min: 0, max: 5 });
const who = fc.integer({ min: 0, max: 1 });
const wallet = fc.constantFrom(0, 1, 'team' as const);
const amount = fc.constantFrom(10, 10, 10, 25, 40);
const role = fc.constantFrom('user', 'organizer', 'organizer');
const doing = <T extends string, R extends object>(name: T, rest: { [K in keyof R]: fc.Arbitrary<R[K]> }) =>
  fc.record({ do: fc.constant(name), ...rest }) as unknown as fc.Arbitrary<{ do: T } & R>;

/** Everything that can happen to a tenant's ledger. */
const step = fc.oneof(
  { weight: 6, arbitrary: doing('reserve', { id, who, amount, role, choice: fc.constantFrom(null, null, null, 'user' as const, 'team' as const) }) },
  { weight: 5, arbitrary: doing('capture', { id, amount: fc.constantFrom(0, 5, 10, 10, 25, 40) }) },
  { weight: 2, arbitrary: doing('release', { id }) },
  { weight: 2, arbitrary: doing('expire', { id }) },
  { weight: 4, arbitrary: doing('comeIn', {
    wallet, amount, promotional: fc.boolean(), priority: fc.constantFrom(50, 100), hours: fc.constantFrom(null, 1, 4, 30) }) },
  { weight: 2, arbitrary: doing('refund', { id, amount: fc.constantFrom(3, 7, 10) }) },
  { weight: 2, arbitrary: doing('expireGrants', { wallet }) },
  { weight: 2, arbitrary: doing('freeze', { wallet, frozen: fc.boolean() }) },
  { weight: 2, arbitrary: doing('policy', { roles: fc.subarray(['user', 'organizer']), cap: fc.constantFrom(null, 0, 50, 50) }) },
  { weight: 2, arbitrary: doing('wait', { hours: fc.constantFrom(1, 3, 12) }) },
); // prettier-ignore

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A tenant with two users and their team; one step on it, and on the model beside it where there is one. */
class Tried {
  readonly ledger = new LedgerHarness(pool);
  readonly owners = [newLedgerOwner(), newLedgerOwner()] as const;
  private readonly ids = Array.from({ length: 6 }, () => randomUUID());

  owner(index: number) {
    return this.owners[index === 0 ? 0 : 1];
  }

  walletId(which: number | 'team'): string {
    return which === 'team' ? this.ledger.team : this.owner(which).wallet;
  }

  async take(at: Step, model?: LedgerModel): Promise<void> {
    const { ledger } = this;
    const hold = 'id' in at ? (this.ids[at.id] ?? '') : '';
    const inModel = 'wallet' in at ? String(at.wallet) : '';
    switch (at.do) {
      case 'reserve': {
        // Some holds end while the steps go on, some do not.
        const expiresAt = LEDGER_START + (at.id < 3 ? 4 : 48) * HOUR;
        const instant = new Date(expiresAt).toISOString();
        const ask = { choice: at.choice, roles: [at.role], deadline: instant, expiresAt: instant };
        const call = () => ledger.reserve(this.owner(at.who), hold, at.amount, ask);
        // An id can be taken between lookup and insert under another wallet's lock: the service asks again.
        const answer = await (model === undefined ? call().catch(call) : call());
        const expected = model?.reserve({ id: hold, user: String(at.who), amount: at.amount, choice: at.choice, role: at.role, expiresAt }); // prettier-ignore
        if (expected === undefined) return;
        expect(answer.outcome).toBe(expected.outcome);
        if (expected.wallet !== undefined)
          expect(answer.walletId).toBe(this.walletId(expected.wallet === 'team' ? 'team' : at.who));
        return;
      }
      case 'capture': {
        const answer = await ledger.capture(hold, at.amount);
        if (model !== undefined) expect(answer).toMatchObject(model.capture(hold, at.amount));
        return;
      }
      case 'release': {
        const { outcome } = await ledger.release(hold);
        if (model !== undefined) expect(outcome).toBe(model.release(hold));
        return;
      }
      case 'expire': {
        const expired = await ledger.expireDue(hold);
        if (model !== undefined) expect(expired).toBe(model.expire(hold));
        return;
      }
      case 'comeIn': {
        const { promotional, priority, hours } = at;
        const expiresAt = hours === null ? Infinity : ledger.now + hours * HOUR;
        const transfer = randomUUID();
        await ledger.topUp(this.owner(at.wallet === 'team' ? 0 : at.wallet), at.amount, {
          promotional, priority, transfer, team: at.wallet === 'team', ...(hours !== null && { expiresAt: new Date(expiresAt) }),
        }); // prettier-ignore
        model?.comeIn(inModel, { id: transfer, priority, promotional, expiresAt, createdAt: ledger.now, remaining: at.amount }); // prettier-ignore
        return;
      }
      case 'refund': {
        const [charge, transfer] = [await ledger.chargeOf(hold), randomUUID()];
        const outcome = charge === undefined ? 'not_found' : (await ledger.refund(charge, at.amount, transfer)).outcome; // prettier-ignore
        if (model !== undefined) expect(outcome).toBe(model.refund(hold, at.amount, transfer));
        return;
      }
      case 'expireGrants':
        await ledger.expireGrantsOf(this.walletId(at.wallet));
        model?.settle(inModel);
        return;
      case 'freeze':
        await ledger.freeze(this.walletId(at.wallet), at.frozen);
        model?.freeze(inModel, at.frozen);
        return;
      case 'policy':
        await ledger.policy(at.roles, at.cap);
        model?.setPolicy(at.roles, at.cap);
        return;
      case 'wait':
        ledger.now += at.hours * HOUR;
        if (model !== undefined) model.now = ledger.now;
    }
  }
}

/** Wallets exist from their first credits on; before that there is nothing to freeze. */
async function begun(model?: LedgerModel): Promise<Tried> {
  const tried = new Tried();
  for (const which of [0, 1, 'team'] as const)
    await tried.take({ do: 'comeIn', wallet: which, amount: 40, promotional: false, priority: 100, hours: null }, model); // prettier-ignore
  return tried;
}

it('one caller: every answer, both balances and every grant follow the rules, after each step', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), async (steps) => {
      const model = new LedgerModel();
      const tried = await begun(model);
      for (const at of steps) {
        await tried.take(at, model);
        const wallets = await tried.ledger.wallets();
        for (const which of [0, 1, 'team'] as const)
          expect(wallets[tried.walletId(which)]).toEqual(model.wallet(String(which)));
        expect(violations(await tried.ledger.findings())).toEqual([]);
      }
    }),
    { numRuns: 30 },
  );
}, 240_000);

it('many connections at once: every invariant holds after each round, and no hold is paid by two wallets', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 4, maxLength: 12, size: 'max' }), {
        minLength: 2,
        maxLength: 8,
        size: 'max',
      }),
      async (rounds) => {
        const tried = await begun();
        for (const round of rounds) {
          await Promise.all(round.map((at) => tried.take(at)));
          expect(violations(await tried.ledger.findings())).toEqual([]);
          const split = await tried.ledger.rows(
            'SELECT hold_id FROM transfers WHERE hold_id IS NOT NULL GROUP BY hold_id HAVING count(DISTINCT wallet_id) > 1',
          );
          expect(split).toEqual([]);
        }
      },
    ),
    { numRuns: 30 },
  );
}, 240_000);

// Holds that nobody swept yet are warned of; the model says when they are due.
function violations(findings: readonly { severity: string }[]): readonly object[] {
  return findings.filter(({ severity }) => severity === 'violation');
}
