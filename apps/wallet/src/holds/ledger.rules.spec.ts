import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestDatabase, type TestDatabase } from '@eventzr/testing';
import {
  LEDGER_DAY,
  LEDGER_START,
  LedgerHarness,
  ledgerPool,
  newLedgerOwner,
  type LedgerOwner,
} from './ledger.fake.js';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await startTestDatabase('wallet');
  pool = ledgerPool(database, 8);
});

afterAll(async () => {
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

describe('tombstones', () => {
  it('a release that overtakes its reserve refuses it', async () => {
    await ledger.topUp(owner, 10);
    const id = randomUUID();
    expect(await ledger.release(id)).toMatchObject({ outcome: 'done', state: 'released', walletId: null });
    expect((await ledger.reserve(owner, id, 10)).outcome).toBe('released');
    expect((await ledger.release(id)).outcome).toBe('done');
    expect((await ledger.capture(id, 1)).outcome).toBe('released');
  });
});

describe('late capture', () => {
  it('charges what is available and books the rest as uncollected', async () => {
    await ledger.topUp(owner, 50);
    const [late, other] = [randomUUID(), randomUUID()];
    await ledger.reserve(owner, late, 40);
    await ledger.expire(late);
    await ledger.reserve(owner, other, 35);
    expect(await ledger.capture(late, 30)).toMatchObject({ outcome: 'done', captured: 15, uncollected: 15 });
    expect((await ledger.capture(late, 30)).outcome).toBe('done');
    expect((await ledger.capture(late, 15)).outcome).toBe('conflict');
    expect(await ledger.balance(owner)).toEqual({ available: 0, held: 35 });
    const entries = await ledger.rows<{ account: string; amount: string }>(
      `SELECT e.account, e.amount FROM entries e JOIN transfers t ON t.id = e.transfer_id WHERE t.kind = 'late_capture' ORDER BY e.line`,
    );
    expect(entries.map(({ account, amount }) => [account, Number(amount)])).toEqual([
      ['available', -15],
      ['uncollected', -15],
      ['spend', 30],
    ]);
  });
});

describe('grants', () => {
  const remaining = async (): Promise<number[]> =>
    (await ledger.rows<{ remaining: string }>('SELECT remaining FROM grants ORDER BY amount')).map((row) =>
      Number(row.remaining),
    );

  async function spend(amount: number): Promise<void> {
    const id = randomUUID();
    await ledger.reserve(owner, id, amount);
    await ledger.capture(id, amount);
  }

  it('burn by priority, then by what expires first, then promotional before paid', async () => {
    await ledger.topUp(owner, 11);
    await ledger.topUp(owner, 12, { promotional: true });
    await ledger.topUp(owner, 13, { expiresAt: new Date(LEDGER_START + LEDGER_DAY) });
    await ledger.topUp(owner, 14, { priority: 5 });
    await spend(14);
    expect(await remaining()).toEqual([11, 12, 13, 0]);
    await spend(14);
    expect(await remaining()).toEqual([11, 11, 0, 0]);
    await spend(12);
    expect(await remaining()).toEqual([10, 0, 0, 0]);
  });

  it('a reserve cannot use what has expired, swept or not', async () => {
    await ledger.topUp(owner, 100, { expiresAt: new Date(LEDGER_START + 1_000) });
    ledger.now += 1_000;
    expect(await ledger.reserve(owner, randomUUID(), 1)).toMatchObject({
      outcome: 'insufficient',
      available: 0,
    });
  });

  it('a quote says what a reserve would find, swept or not', async () => {
    await ledger.topUp(owner, 60, { expiresAt: new Date(LEDGER_START + 1_000) });
    await ledger.topUp(owner, 15);
    await ledger.reserve(owner, randomUUID(), 20);
    expect(await ledger.quote(owner, 55)).toMatchObject({ available: 55, sufficient: true });
    ledger.now += 1_000;
    expect(await ledger.quote(owner, 16)).toMatchObject({ available: 15, sufficient: false });
    expect(await ledger.reserve(owner, randomUUID(), 16)).toMatchObject({
      outcome: 'insufficient',
      available: 15,
    });
    await ledger.freeze(owner.wallet, true);
    expect(await ledger.quote(owner, 1)).toMatchObject({ available: 0, sufficient: false });
    expect((await ledger.reserve(owner, randomUUID(), 1)).outcome).toBe('frozen');
  });

  it('expiry spares what open holds would burn, and takes it once they are given back', async () => {
    await ledger.topUp(owner, 100, { expiresAt: new Date(LEDGER_START + 1_000) });
    const [used, unused] = [randomUUID(), randomUUID()];
    await ledger.reserve(owner, used, 30);
    await ledger.reserve(owner, unused, 20);
    ledger.now += 1_000;
    expect(Number(await ledger.expireGrants(owner))).toBe(50);
    expect(await ledger.balance(owner)).toEqual({ available: 0, held: 50 });
    await ledger.capture(used, 30);
    await ledger.release(unused);
    expect(Number(await ledger.expireGrants(owner))).toBe(20);
    expect(await ledger.balance(owner)).toEqual({ available: 0, held: 0 });
  });

  it('come in once per transfer id; with other values the id is refused', async () => {
    const transfer = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => ledger.topUp(owner, 10, { transfer })));
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['created', 'existing', 'existing']);
    expect(await ledger.topUp(owner, 11, { transfer })).toMatchObject({
      outcome: 'conflict',
      field: 'amount',
    });
    expect(await ledger.balance(owner)).toEqual({ available: 10, held: 0 });
  });
});

describe('what the database itself refuses', () => {
  it('to change or delete what was written', async () => {
    await ledger.topUp(owner, 10);
    for (const sql of ['UPDATE entries SET amount = 1', 'DELETE FROM transfers', 'DELETE FROM wallets'])
      await expect(ledger.rows(sql)).rejects.toThrow(/permission denied/);
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    for (const sql of [
      'UPDATE wallet.entries SET amount = 1',
      'DELETE FROM wallet.transfers',
      'TRUNCATE wallet.entries',
    ])
      await expect(admin.query(sql)).rejects.toThrow(/immutable/);
    await admin.end();
  });

  it('entries that do not sum to zero', async () => {
    await ledger.topUp(owner, 10);
    const [transfer] = await ledger.rows<{ id: string }>('SELECT id FROM transfers');
    const insert = `INSERT INTO entries (tenant_id, transfer_id, line, account, amount) VALUES ($1, $2, 9, 'spend', 5)`;
    await expect(ledger.rows(insert, [ledger.tenant, transfer?.id])).rejects.toThrow(/sum to zero/);
  });

  it('a balance below zero', async () => {
    await ledger.topUp(owner, 10);
    await expect(ledger.rows('UPDATE wallets SET available = -1')).rejects.toThrow(/never_overdrawn/);
  });

  it('to show or change another tenant', async () => {
    await ledger.topUp(owner, 10);
    const other = new LedgerHarness(pool);
    expect(await other.rows('SELECT 1 FROM wallets')).toEqual([]);
    expect(await other.rows('UPDATE wallets SET frozen = true RETURNING 1')).toEqual([]);
    const id = randomUUID();
    await ledger.reserve(owner, id, 5);
    expect((await other.capture(id, 5)).outcome).toBe('not_found');
    expect((await other.release(id)).outcome).toBe('done');
    expect(await ledger.balance(owner)).toEqual({ available: 5, held: 5 });
  });
});
