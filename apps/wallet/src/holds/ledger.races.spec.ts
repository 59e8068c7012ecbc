import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestDatabase, type TestDatabase } from '@eventzr/testing';
import { LedgerHarness, ledgerPool, newLedgerOwner, type LedgerOwner } from './ledger.fake.js';

let database: TestDatabase;
let pool: pg.Pool;
let superuser: pg.Client;

beforeAll(async () => {
  database = await startTestDatabase('wallet');
  pool = ledgerPool(database, 12);
  superuser = new pg.Client({ connectionString: database.adminUrl });
  await superuser.connect();
});

afterAll(async () => {
  await superuser.end();
  await pool.end();
  await database.drop();
});

let ledger: LedgerHarness;
let owner: LedgerOwner;

beforeEach(() => {
  ledger = new LedgerHarness(pool);
  owner = newLedgerOwner();
});

afterEach(async () => expect(await ledger.findings()).toEqual([]));

async function isWaiting(): Promise<void> {
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while ((await superuser.query(waiting)).rowCount === 0) await pause(10);
}

/** A reserve that has not committed yet. */
async function uncommitted(item: object): Promise<() => Promise<void>> {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('SELECT reserve($1, $2, $3)', [
    ledger.tenant,
    new Date(ledger.now),
    JSON.stringify([item]),
  ]);
  return async () => {
    await client.query('COMMIT');
    client.release();
  };
}

describe('many at once', () => {
  it('of N parallel reserves on a balance for K, exactly K succeed', async () => {
    await ledger.topUp(owner, 70);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ledger.reserve(owner, randomUUID(), 10)),
    );
    expect(answers.filter(({ outcome }) => outcome === 'created')).toHaveLength(7);
    expect(answers.filter(({ outcome }) => outcome === 'insufficient')).toHaveLength(13);
    expect(await ledger.balance(owner)).toEqual({ available: 0, held: 70 });
  });

  it('also when they share statements', async () => {
    await ledger.topUp(owner, 70);
    const batch = () =>
      ledger.reserveMany(Array.from({ length: 10 }, (_, n) => ledger.item(owner, randomUUID(), 10, { n })));
    const answers = (await Promise.all([batch(), batch(), batch()])).flat();
    expect(answers.filter(({ outcome }) => outcome === 'created')).toHaveLength(7);
    expect(await ledger.balance(owner)).toEqual({ available: 0, held: 70 });
  });

  it('a batch decides each item by itself: a big one in the middle does not stop a small one after it', async () => {
    await ledger.topUp(owner, 50);
    const amounts = [30, 40, 20, 1];
    const answers = await ledger.reserveMany(
      amounts.map((amount, n) => ledger.item(owner, randomUUID(), amount, { n })),
    );
    expect(answers.map(({ outcome }) => outcome)).toEqual([
      'created',
      'insufficient',
      'created',
      'insufficient',
    ]);
  });

  it('first uses at once make one wallet', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ledger.reserve(owner, randomUUID(), 1)),
    );
    expect(answers.every(({ outcome }) => outcome === 'insufficient')).toBe(true);
    expect(await ledger.rows('SELECT 1 FROM wallets')).toHaveLength(1);
  });

  it('capture, release and expiry at once: one of them wins', async () => {
    await ledger.topUp(owner, 500);
    for (let round = 0; round < 10; round += 1) {
      const id = randomUUID();
      await ledger.reserve(owner, id, 10);
      await Promise.all([
        ledger.capture(id, 10),
        ledger.release(id),
        ledger.expire(id),
        ledger.capture(id, 9),
      ]);
      const resolutions = await ledger.rows<{ kind: string }>(
        `SELECT kind FROM transfers WHERE hold_id = $1 AND kind IN ('capture', 'release', 'hold_expiry')`, [id]); // prettier-ignore
      expect(resolutions).toHaveLength(1);
      expect(await ledger.findings()).toEqual([]);
    }
  });
});

describe("the team's daily cap", () => {
  const roles = ['organizer'];

  beforeEach(async () => {
    await ledger.topUp(owner, 1_000, { team: true });
    await ledger.policy(['organizer'], 100);
  });

  const spent = async (): Promise<number> => {
    const [row] = await ledger.rows<{ sum: string }>(`SELECT sum(amount) FROM holds WHERE wallet_id = $1`, [
      ledger.team,
    ]);
    return Number(row?.sum ?? 0);
  };

  it('counts a hold by choice that is about to commit against a fallback that waits for it', async () => {
    const commit = await uncommitted(ledger.item(owner, randomUUID(), 60, { choice: 'team', roles }));
    const fallback = ledger.reserve(owner, randomUUID(), 60, { roles });
    await isWaiting();
    await commit();
    expect((await fallback).outcome).toBe('insufficient');
    expect(await spent()).toBe(60);
  });

  it('holds for many at once, by fallback and by choice', async () => {
    await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        ledger.reserve(owner, randomUUID(), 10, { roles, choice: n % 2 === 0 ? 'team' : null }),
      ),
    );
    expect(await spent()).toBe(100);
  });

  it('counts within a batch that falls back', async () => {
    const items = [40, 40, 40].map((amount, n) => ledger.item(owner, randomUUID(), amount, { n, roles }));
    const outcomes = (await ledger.reserveMany(items)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['created', 'created', 'insufficient']);
    expect(await spent()).toBe(80);
  });
});

describe('refunds', () => {
  it('at once give back what was charged once', async () => {
    await ledger.topUp(owner, 100);
    for (let round = 0; round < 5; round += 1) {
      const id = randomUUID();
      await ledger.reserve(owner, id, 10);
      await ledger.capture(id, 10);
      const [charge] = await ledger.rows<{ id: string }>(
        `SELECT id FROM transfers WHERE hold_id = $1 AND kind = 'capture'`,
        [id],
      );
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => ledger.refund(charge?.id ?? '', null)),
      );
      expect(answers.map(({ outcome }) => outcome).sort()).toEqual([
        ...Array<string>(5).fill('already_refunded'),
        'created',
      ]);
    }
    expect(await ledger.balance(owner)).toEqual({ available: 100, held: 0 });
  });
});

describe('a reserve that commits while its hold is looked up', () => {
  const GATE = 42;

  // The gate stands inside the lookup, after its snapshot was taken: compared with the tenant, which the lookup names,
  // it is evaluated before any row is.
  beforeAll(() =>
    superuser.query(`
      CREATE FUNCTION public.gate() RETURNS uuid LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_advisory_lock_shared(${GATE}), pg_advisory_unlock_shared(${GATE}); RETURN platform.current_tenant(); END';
      CREATE POLICY gate ON wallet.holds AS RESTRICTIVE FOR SELECT USING (tenant_id = (SELECT public.gate()))`),
  );
  afterAll(() => superuser.query('DROP POLICY gate ON wallet.holds; DROP FUNCTION public.gate()'));

  async function overtaken<T>(id: string, call: () => Promise<T>): Promise<T> {
    await ledger.topUp(owner, 50);
    const commit = await uncommitted(ledger.item(owner, id, 30));
    await superuser.query('SELECT pg_advisory_lock($1)', [GATE]);
    const answer = call();
    await isWaiting();
    await commit();
    await superuser.query('SELECT pg_advisory_unlock($1)', [GATE]);
    return answer;
  }

  it('is released', async () => {
    const id = randomUUID();
    expect(await overtaken(id, () => ledger.release(id))).toMatchObject({
      outcome: 'done',
      state: 'released',
    });
    expect(await ledger.balance(owner)).toEqual({ available: 50, held: 0 });
  });

  it('is captured', async () => {
    const id = randomUUID();
    expect(await overtaken(id, () => ledger.capture(id, 20))).toMatchObject({
      outcome: 'done',
      captured: 20,
    });
    expect(await ledger.balance(owner)).toEqual({ available: 30, held: 0 });
  });
});

describe('a release and its reserve at once', () => {
  it('either the hold is given back, or it never comes to be', async () => {
    await ledger.topUp(owner, 500);
    for (let round = 0; round < 15; round += 1) {
      const id = randomUUID();
      await Promise.all([
        ledger.reserve(owner, id, 10).catch(() => ledger.reserve(owner, id, 10)),
        ledger.release(id),
      ]);
    }
    expect(await ledger.balance(owner)).toEqual({ available: 500, held: 0 });
  });
});
