import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { seedTestDatabase, startService, TEST_INTERNAL_KEY, type TestService } from '@eventzr/testing';
import pg from 'pg';
import { wallet } from '../wallet.service-definition.js';
import { userWalletId } from '../wallets/wallet-ids.js';

const TENANT = '00000000-0000-0000-0000-000000000001';
const USER = '00000000-0000-4000-8000-000000000104';
const OTHER = '00000000-0000-4000-8000-000000000102';
const HOUR = 3_600_000;

let test: TestService;

beforeAll(async () => {
  test = await startService(wallet);
  await seedTestDatabase('wallet', test.database, test.clock.now());
});
afterAll(() => test.close());

async function hold(userId = USER): Promise<void> {
  const deadline = new Date(test.clock.now().getTime() + HOUR).toISOString();
  const body = {
    id: newId(),
    tenantId: TENANT,
    userId,
    roles: ['user'],
    operation: 'x',
    referenceId: 'r',
    amount: 1,
    deadline,
  };
  await test.internal('studio').post('/wallet/v1/internal/holds').send(body).expect(201);
}

const job = (name: string) =>
  test.request().post(`/wallet/v1/jobs/${name}`).set('x-internal-api-key', TEST_INTERNAL_KEY);
const dataOf = (answer: { body: unknown }) => (answer.body as { data: Record<string, unknown> }).data;

describe('jobs', () => {
  it('the cron call as the guides write it: JSON content type, no body', async () => {
    const answer = await job('expire-holds').set('content-type', 'application/json').expect(200);
    expect(dataOf(answer)).toMatchObject({ job: 'expire-holds', failed: 0, remaining: 0 });
  });

  it('two runs at once expire each hold once', async () => {
    await Promise.all(Array.from({ length: 5 }, () => hold()));
    test.clock.advance(2 * HOUR + 1);
    const reports = (await Promise.all([job('expire-holds'), job('expire-holds')])).map(dataOf);
    expect(reports.reduce((sum, report) => sum + Number(report['succeeded']), 0)).toBe(5);
    expect(dataOf(await job('expire-holds').expect(200))).toMatchObject({ processed: 0 });
    expect(dataOf(await job('reconcile').expect(200))).toMatchObject({ failed: 0, violations: [] });
  });

  it('a hold that cannot be expired does not keep the others waiting', async () => {
    const superuser = new pg.Client({ connectionString: test.database.adminUrl });
    await superuser.connect();
    const shift = (by: string) =>
      superuser.query(`UPDATE wallet.wallets SET held = held ${by} 1 WHERE id = $1`, [
        userWalletId(TENANT, USER),
      ]);
    await hold();
    test.clock.advance(1_000);
    await hold(OTHER);
    await hold(OTHER);
    await shift('-');
    test.clock.advance(2 * HOUR + 1);
    expect(dataOf(await job('expire-holds').expect(200))).toMatchObject({ succeeded: 2, failed: 1 });
    await shift('+');
    await superuser.end();
    expect(dataOf(await job('expire-holds').expect(200))).toMatchObject({ succeeded: 1, failed: 0 });
  });

  it.each(['expire-holds', 'expire-grants', 'reconcile'])(
    '%s: 401 without the key, with a wrong one, with a token',
    async (name) => {
      await test.request().post(`/wallet/v1/jobs/${name}`).expect(401);
      await test.request().post(`/wallet/v1/jobs/${name}`).set('x-api-key', 'undefined').expect(401);
      await (await test.as({ roles: ['admin'] })).post(`/wallet/v1/jobs/${name}`).expect(401);
    },
  );
});
