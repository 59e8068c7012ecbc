import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asAdmin } from '@eventzr/testing/database';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';
import { probeDatabase } from './probe.js';

const A = 'aaaaaaaa-0000-4000-8000-000000000001';
const B = '00000000-0000-0000-0000-000000000001';

describe('when a backend is killed', () => {
  let fixture: FixtureService;
  /** The pools that told of an error. */
  const told = new Set<string>();

  beforeAll(async () => {
    fixture = await startFixture((_error, pool) => told.add(pool));
  });

  afterAll(() => fixture.close());

  const notes = (tenantId: string) => fixture.db.withTenant((tx) => tx.note.findMany(), tenantId);

  it('the work on it fails, the process lives and serves the next', async () => {
    const killed = fixture.db.withTenant(async (tx) => {
      await tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`;
    }, A);
    await expect(killed).rejects.toThrow();
    expect(await notes(A)).toEqual([]);
    await Promise.all([notes(A), notes(B)]);
    // Idle connections too: nobody waits on them, so only the pool's own handler keeps the process alive.
    await fixture.connections.job.query('SELECT 1');
    told.clear();
    await asAdmin(fixture.database.adminUrl, (admin) =>
      admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'vault%' AND datname = current_database()`,
      ),
    );
    // Each of them, not only the first of its pool: whoever is handed a dying one may fail.
    const { app, job } = fixture.connections;
    while (app.totalCount + job.totalCount > 0) await nextTurn();
    expect(told).toEqual(new Set(['app', 'job']));
    await probeDatabase(fixture.connections, AbortSignal.timeout(2_000));
    expect(await notes(B)).toEqual([]);
  });
});
