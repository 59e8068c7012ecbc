import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { startService, TEST_INTERNAL_KEY, testServiceKey, type TestService } from '@eventzr/testing';
import pg from 'pg';
import { PublishBalances } from '../balances/balances.jobs.js';
import { wallet } from '../wallet.service-definition.js';
import { userWalletId } from '../wallets/wallet-ids.js';

const TENANT = 'a0000000-0000-4000-8000-000000000002';
const WALLETS = 10_000;
const CREDITS = 100;
const HOT_RESERVES = 3_000;
const HOT_CREDITS = 20_000;
const LANES = 64;
const HOUR = 3_600_000;

let test: TestService;
let superuser: pg.Client;

beforeAll(async () => {
  test = await startService(wallet);
  superuser = new pg.Client({ connectionString: test.database.adminUrl });
  await superuser.connect();
});
afterAll(async () => {
  agent.destroy();
  await superuser.end();
  await test.close();
});

const grant = (owners: readonly string[], amount: number) =>
  superuser.query(
    `SELECT wallet.issue($1, $2, w, 'user', o, gen_random_uuid(), 'grant', $5, 'seed', NULL, 100, false, NULL, 'system', NULL)
       FROM unnest($3::uuid[], $4::uuid[]) AS wallets (w, o)`,
    [TENANT, test.clock.now(), owners.map((owner) => userWalletId(TENANT, owner)), owners, amount],
  );

async function job(name: string): Promise<Record<string, unknown>> {
  const answer = await test
    .request()
    .post(`/wallet/v1/jobs/${name}`)
    .set('x-api-key', TEST_INTERNAL_KEY)
    .expect(200);
  return (answer.body as { data: Record<string, unknown> }).data;
}

/** Runs `work` on every item, so many at a time as there are lanes. */
async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (const item of left) await work(item);
    }),
  );
}

// Over kept connections and without the layers of fetch: the caller would be most of the work.
const agent = new Agent({ keepAlive: true, maxSockets: LANES });
const headers = {
  'content-type': 'application/json',
  'x-service-name': 'studio',
  'x-service-key': testServiceKey('studio'),
};

async function call(path: string, body: object): Promise<number> {
  const url = `${test.internalUrl}/wallet/v1/internal/holds${path}`;
  const sent = request(url, { method: 'POST', agent, headers });
  sent.end(JSON.stringify({ tenantId: TENANT, ...body }));
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  await text(answer);
  return answer.statusCode ?? 0;
}

const reserve = (userId: string, id: string, amount: number) =>
  call('', {
    id, userId, roles: ['user'], operation: 'images.generate', referenceId: 'r', amount,
    deadline: new Date(test.clock.now().getTime() + HOUR).toISOString(),
  }); // prettier-ignore
const capture = (id: string, amount: number) => call(`/${id}/capture`, { amount });

async function totals() {
  const { rows } = await superuser.query<{ available: string; held: string; charged: string }>(
    `SELECT sum(available) AS available, sum(held) AS held,
            (SELECT coalesce(sum(captured_amount), 0) FROM wallet.holds) AS charged FROM wallet.wallets`,
  );
  const [{ available = '', held = '', charged = '' } = {}] = rows;
  return { available: Number(available), held: Number(held), charged: Number(charged) };
}

describe('10,000 wallets and one hot wallet', () => {
  const users = Array.from({ length: WALLETS }, () => randomUUID());
  const hot = randomUUID();

  it('every wallet holds and is charged by itself', async () => {
    await grant(users, CREDITS);
    await inLanes(users, async (userId) => {
      const id = newId();
      expect(await reserve(userId, id, 30)).toBe(201);
      if (userId < '8') expect(await capture(id, 20)).toBe(200);
    });
    const charged = users.filter((userId) => userId < '8').length;
    expect(await totals()).toEqual({
      available: WALLETS * 70 + charged * 10,
      held: (WALLETS - charged) * 30,
      charged: charged * 20,
    });
    expect(await job('reconcile')).toMatchObject({ failed: 0, succeeded: WALLETS });
  }, 300_000);

  it('one run expires all that is due, and one tells of every balance that moved', async () => {
    const open = users.filter((userId) => userId >= '8').length;
    test.clock.advance(2 * HOUR + 1);
    expect(await job('expire-holds')).toMatchObject({ succeeded: open, failed: 0, skipped: 0 });
    const publish = test.service.app.get(PublishBalances, { strict: false });
    expect(await publish.run()).toMatchObject({ succeeded: WALLETS, failed: 0 });
    expect(await totals()).toMatchObject({ held: 0 });
    expect(await job('reconcile')).toMatchObject({ failed: 0, warnings: [] });
  }, 300_000);

  it('the hot wallet pays for exactly what it has, each hold once', async () => {
    await grant([hot], HOT_CREDITS);
    const ids = Array.from({ length: HOT_RESERVES }, () => newId());
    const answered: Record<number, number> = {};
    await inLanes(ids, async (id) => {
      const status = await reserve(hot, id, 10);
      answered[status] = (answered[status] ?? 0) + 1;
      if (status === 201) expect(await capture(id, 10)).toBe(200);
    });
    expect(answered).toEqual({ 201: 2_000, 402: 1_000 });
    expect(await job('reconcile')).toMatchObject({ failed: 0 });
  }, 300_000);
});
