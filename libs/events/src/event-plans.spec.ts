import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asAdmin } from '@eventzr/testing/database';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';
import pg from 'pg';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
const TABLES = ['outbox_sequences', 'outbox_events', 'outbox_deliveries'];
/** Postgres settles on the plan that it keeps after five calls. */
const CALLS = 8;

/** A plan that is kept from the days of an empty outbox must not read all of it when it is full. */
describe('a session that began with an empty outbox', () => {
  let fixture: FixtureService;
  let app: pg.Client;

  beforeAll(async () => {
    fixture = await startFixture();
    await asAdmin(fixture.database.adminUrl, async (admin) => {
      for (const table of TABLES) await admin.query(`VACUUM ANALYZE platform.${table}`);
    });
    app = new pg.Client({ connectionString: fixture.database.environment['DATABASE_URL'] });
    await app.connect();
  });

  afterAll(async () => {
    await app.end();
    await fixture.close();
  });

  it('appends, takes and ends deliveries by the index', async () => {
    const now = new Date();
    await app.query('BEGIN');
    await app.query(`SELECT set_config('app.tenant_id', $1, true)`, [TENANT]);
    for (let n = 0; n < CALLS; n += 1) {
      const [eventId, fence] = [randomUUID(), randomUUID()];
      await app.query('SELECT platform.append_event($1, $2, $3, $4, $5, NULL, $6, $7)', [
        TENANT, eventId, 'eventzr.vault.asset.created.v1', randomUUID(), '{}', now, ['studio'],
      ]); // prettier-ignore
      const due = [{ tenantId: TENANT, eventId, subscriber: 'studio' }];
      const taken = await app.query('SELECT * FROM platform.claim_deliveries($1, $2, $3, $4)', [
        JSON.stringify(due), fence, now, new Date(now.getTime() + 60_000),
      ]); // prettier-ignore
      expect(taken.rows).toHaveLength(1);
      const results = due.map((delivery) => ({ ...delivery, outcome: 'delivered' }));
      await app.query('SELECT platform.finish_deliveries($1, $2, $3)', [JSON.stringify(results), fence, now]);
      await app.query('SELECT jobs.enqueue($1, $2, $3)', [
        'events.handle',
        JSON.stringify({ tenantId: TENANT, id: eventId }),
        `event:${eventId}`,
      ]);
    }
    const { rows } = await app.query<{ table: string; scans: string }>(
      `SELECT relname AS table, seq_scan AS scans FROM pg_stat_xact_user_tables
        WHERE schemaname IN ('platform', 'graphile_worker') AND seq_scan > 0`,
    );
    await app.query('ROLLBACK');
    expect(rows).toEqual([]);
  });
});
