import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { RenderedAnswer } from '@eventzr/http';
import { asAdmin } from '@eventzr/testing/database';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';
import type { ClaimScope } from './claim-scope.js';
import { ClaimStore } from './claim-store.js';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
/** Postgres settles on the plan that it keeps after five calls. */
const CALLS = 8;

/** A plan that is kept from the days of an empty table must not read the whole table when it is full. */
describe('a session that began after the sweep had left no key', () => {
  const fingerprint = createHash('sha256').update('the request').digest();
  const answer = new RenderedAnswer(200, '{}', {});
  let fixture: FixtureService;
  let store: ClaimStore;

  beforeAll(async () => {
    fixture = await startFixture();
    await asAdmin(fixture.database.adminUrl, (admin) =>
      admin.query('VACUUM ANALYZE platform.idempotency_keys'),
    );
    store = new ClaimStore(fixture.db, new ManualClock());
  });

  afterAll(() => fixture.close());

  const scope = (): ClaimScope => ({
    tenantId: TENANT,
    principal: randomUUID(),
    method: 'POST',
    route: '/vault/v1/notes',
    key: randomUUID(),
  });
  /** Scans of the whole table of keys by this transaction. */
  const scans = async (): Promise<number> => {
    const [row] = await fixture.db.statement<{ seq_scan: string }>({
      name: 'scans_of_keys',
      text: `SELECT seq_scan FROM pg_stat_xact_user_tables WHERE schemaname = 'platform' AND relname = 'idempotency_keys'`,
    });
    return Number(row?.seq_scan);
  };
  it("claims an 'atomic' write by the index", async () => {
    for (let n = 0; n < CALLS; n += 1)
      expect(await store.withAtomicClaim(scope(), fingerprint, scans)).toBe(0);
  });

  it("ends an 'operation' by the index", async () => {
    const seen = await fixture.db.withTenant(async () => {
      for (let n = 0; n < CALLS; n += 1) await store.storeAnswer(scope(), randomUUID(), answer);
      return scans();
    }, TENANT);
    expect(seen).toBe(0);
  });
});
