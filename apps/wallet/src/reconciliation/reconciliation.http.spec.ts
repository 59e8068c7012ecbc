import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { seedTestDatabase, startService, TEST_INTERNAL_KEY, type TestService } from '@eventzr/testing';
import pg from 'pg';
import { wallet } from '../wallet.service-definition.js';
import { userWalletId } from '../wallets/wallet-ids.js';

const TENANT = '00000000-0000-0000-0000-000000000001';
const USER = '00000000-0000-4000-8000-000000000104';
const MINE = userWalletId(TENANT, USER);
const ORPHAN = '0f0f0f0f-0000-4000-8000-000000000001';

interface Report {
  readonly processed: number;
  readonly failed: number;
  readonly violations: readonly { readonly rule: string; readonly tenantId: string }[];
  readonly warnings: readonly { readonly rule: string }[];
}

let test: TestService;
let superuser: pg.Client;

beforeAll(async () => {
  test = await startService(wallet);
  await seedTestDatabase('wallet', test.database, test.clock.now());
  superuser = new pg.Client({ connectionString: test.database.adminUrl });
  await superuser.connect();
  // What protects the ledger from changes has to be out of the way to plant some.
  await superuser.query('SET session_replication_role = replica');
  await hold();
  await charge(await hold());
});
afterAll(async () => {
  await superuser.end();
  await test.close();
});

async function hold(): Promise<string> {
  const id = newId();
  const deadline = new Date(test.clock.now().getTime() + 60_000).toISOString();
  const body = {
    id,
    tenantId: TENANT,
    userId: USER,
    roles: ['user'],
    operation: 'x',
    referenceId: 'r',
    amount: 30,
    deadline,
  };
  await test.internal('studio').post('/wallet/v1/internal/holds').send(body).expect(201);
  return id;
}

async function charge(id: string): Promise<void> {
  await test
    .internal('studio')
    .post(`/wallet/v1/internal/holds/${id}/capture`)
    .send({ tenantId: TENANT, amount: 20 })
    .expect(200);
}

async function reconcile(): Promise<Report> {
  const answer = await test
    .request()
    .post('/wallet/v1/jobs/reconcile')
    .set('x-api-key', TEST_INTERNAL_KEY)
    .expect(200);
  return (answer.body as { data: Report }).data;
}

const shift = (sql: string): [string, string] => [sql.replaceAll('BY', '1'), sql.replaceAll('BY', '-1')];

describe('POST /jobs/reconcile', () => {
  it('finds nothing in a sound ledger', async () => {
    expect(await reconcile()).toMatchObject({
      processed: 8,
      succeeded: 8,
      failed: 0,
      violations: [],
      warnings: [],
    });
  });

  it.each<[string, [plant: string, undo: string]]>([
    [
      'available_matches_entries',
      shift(`UPDATE wallet.wallets SET available = available + BY WHERE id = '${MINE}'`),
    ],
    ['held_matches_entries', shift(`UPDATE wallet.wallets SET held = held + BY WHERE id = '${MINE}'`)],
    ['held_matches_open_holds', shift(`UPDATE wallet.holds SET amount = amount + BY WHERE state = 'open'`)],
    [
      'grants_match_balance',
      shift(`UPDATE wallet.grants SET remaining = remaining + BY WHERE wallet_id = '${MINE}'`),
    ],
    [
      'transfer_sums_to_zero',
      shift(`UPDATE wallet.entries SET amount = amount + BY WHERE account = 'spend'`),
    ],
    [
      'one_resolution_per_hold',
      [
        `UPDATE wallet.holds SET state = 'released' WHERE state = 'captured'`,
        `UPDATE wallet.holds SET state = 'captured' WHERE state = 'released'`,
      ],
    ],
    [
      'captured_matches_transfer',
      [
        `UPDATE wallet.holds SET captured_amount = captured_amount - 1 WHERE state = 'captured'`,
        `UPDATE wallet.holds SET captured_amount = captured_amount + 1 WHERE state = 'captured'`,
      ],
    ],
    [
      'uncollected_matches_entries',
      [
        `UPDATE wallet.holds SET uncollected_amount = 1 WHERE state = 'captured'`,
        `UPDATE wallet.holds SET uncollected_amount = 0 WHERE state = 'captured'`,
      ],
    ],
    ...['hold', 'capture', 'seed'].map((kind): [string, [string, string]] => [
      'transfer_amount_matches_entries',
      shift(
        kind === 'hold'
          ? `UPDATE wallet.transfers SET amount = amount + BY WHERE kind = 'hold' AND hold_id IN (SELECT id FROM wallet.holds WHERE state = 'open')`
          : kind === 'capture'
            ? `UPDATE wallet.transfers SET amount = amount + BY WHERE kind = 'capture'`
            : `UPDATE wallet.transfers SET amount = amount + BY WHERE wallet_id = '${MINE}' AND hold_id IS NULL`,
      ),
    ]),
    [
      'entries_belong_to_a_transfer',
      [
        `INSERT INTO wallet.entries VALUES ('${TENANT}', '${ORPHAN}', 1, 'spend', NULL, 5)`,
        `DELETE FROM wallet.entries WHERE transfer_id = '${ORPHAN}'`,
      ],
    ],
    [
      'transfers_belong_to_a_wallet_and_their_hold',
      [
        `INSERT INTO wallet.transfers VALUES ('${TENANT}', '${ORPHAN}', '${ORPHAN}', 'top_up', 0, NULL, NULL, 'x', NULL, 0, 0, now())`,
        `DELETE FROM wallet.transfers WHERE id = '${ORPHAN}'`,
      ],
    ],
    [
      'refunds_within_their_charge',
      [
        `INSERT INTO wallet.transfers (tenant_id, id, wallet_id, kind, amount, refund_of, actor, available_after, held_after, created_at)
         SELECT tenant_id, '${ORPHAN}', wallet_id, 'refund', amount + 1, id, 'x', 0, 0, now() FROM wallet.transfers WHERE kind = 'capture'`,
        `DELETE FROM wallet.transfers WHERE id = '${ORPHAN}'`,
      ],
    ],
  ])('reports a planted violation of %s', async (rule, [plant, undo]) => {
    expect((await superuser.query(plant)).rowCount).toBe(1);
    const report = await reconcile();
    expect((await superuser.query(undo)).rowCount).toBe(1);
    expect(report.failed).toBeGreaterThan(0);
    expect(report.violations).toContainEqual(expect.objectContaining({ rule, tenantId: TENANT }));
    expect((await reconcile()).failed).toBe(0);
  });

  it('warns of holds that are open past their time, which is no violation', async () => {
    test.clock.advance(3_600_000 + 60_000 + 5 * 60_000 + 1);
    expect(await reconcile()).toMatchObject({ failed: 0, warnings: [{ rule: 'open_hold_past_expiry' }] });
  });
});
