import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { startTestDatabase, type TestDatabase } from '@eventzr/testing';
import { asAdmin } from '@eventzr/testing/database';
import { LedgerHarness, ledgerPool, newLedgerOwner, type LedgerOwner } from './ledger.fake.js';

/** Postgres settles on the plan that it keeps after five calls. */
const CALLS = 8;
const HOLDS_OF_OTHERS = 200;
const TABLES = ['wallets', 'holds', 'transfers', 'entries', 'grants', 'team_policies', 'balance_changes'];

/** A plan that is kept from the days of empty tables must not read whole tables when they are full. */
describe('a session that began with an empty ledger', () => {
  let database: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await startTestDatabase('wallet');
    await asAdmin(database.adminUrl, async (admin) => {
      for (const table of TABLES) await admin.query(`VACUUM ANALYZE wallet.${table}`);
    });
    pool = ledgerPool(database, 1);
  });

  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  /** How often `work` reads whole tables, by table. */
  async function scansOf(work: (ledger: LedgerHarness) => Promise<void>): Promise<Record<string, number>> {
    await pool.query('BEGIN');
    await work(new LedgerHarness(pool));
    const { rows } = await pool.query<{ table: string; scans: string }>(
      `SELECT relname AS table, seq_scan AS scans FROM pg_stat_xact_user_tables
        WHERE schemaname = 'wallet' AND seq_scan > 0`,
    );
    await pool.query('ROLLBACK');
    return Object.fromEntries(rows.map(({ table, scans }) => [table, Number(scans)]));
  }

  /** The transfer that charged a hold, looked up without a scan of its own. */
  async function chargeOf(hold: string): Promise<string> {
    await pool.query(`SELECT set_config('enable_seqscan', 'off', true)`);
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM transfers WHERE hold_id = $1 AND kind = 'capture'`,
      [hold],
    );
    await pool.query(`SELECT set_config('enable_seqscan', 'on', true)`);
    return rows[0]?.id ?? '';
  }

  /** How many holds this session has read by an index. */
  async function holdsRead(): Promise<number> {
    await pool.query('SELECT pg_stat_force_next_flush()');
    const { rows } = await pool.query<{ read: string }>(
      `SELECT idx_tup_fetch AS read FROM pg_stat_user_tables WHERE schemaname = 'wallet' AND relname = 'holds'`,
    );
    return Number(rows[0]?.read);
  }

  it('finds the rows of every move by their index', async () => {
    const scans = await scansOf(async (ledger) => {
      for (let n = 0; n < CALLS; n += 1) {
        const owner = newLedgerOwner();
        await ledger.topUp(owner, 100, { expiresAt: new Date(ledger.now + 1) });
        const ids = Array.from({ length: 4 }, () => randomUUID());
        for (const id of ids.slice(0, 3)) await ledger.reserve(owner, id, 10);
        const [captured = '', released = '', expired = '', tombstone = ''] = ids;
        await ledger.capture(captured, 5);
        await ledger.release(released);
        await ledger.release(tombstone);
        await ledger.expire(expired);
        await ledger.capture(expired, 5);
        await ledger.find(captured);
        await ledger.quote(owner, 10, ['organizer']);
        await ledger.reserve(owner, randomUUID(), 1_000, { roles: ['organizer'] });
        await ledger.refund(await chargeOf(captured), 5);
        ledger.now += 1;
        await ledger.expireGrants(owner);
      }
    });
    expect(scans).toEqual({});
  });

  it("adds up a user's day for the daily cap without reading the team's", async () => {
    const [busy, capped] = [newLedgerOwner(), newLedgerOwner()];
    const ledger = new LedgerHarness(pool);
    await ledger.topUp(busy, HOLDS_OF_OTHERS + 1, { team: true });
    const team = (owner: LedgerOwner, n: number) =>
      ledger.item(owner, randomUUID(), 1, { n, choice: 'team', roles: ['admin'] });
    await ledger.reserveMany(Array.from({ length: HOLDS_OF_OTHERS }, (_, n) => team(busy, n)));
    await ledger.policy(['admin'], 1);
    await asAdmin(database.adminUrl, (admin) => admin.query('ANALYZE wallet.holds'));
    const before = await holdsRead();
    expect(await ledger.reserveMany([team(capped, 0)])).toMatchObject([{ outcome: 'created' }]);
    expect((await holdsRead()) - before).toBeLessThan(HOLDS_OF_OTHERS);
  });
});
