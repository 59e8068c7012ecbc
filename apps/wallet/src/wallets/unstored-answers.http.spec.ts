import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { seedTestDatabase, startService, type TestService } from '@eventzr/testing';
import pg from 'pg';
import { wallet } from '../wallet.service-definition.js';
import { userWalletId } from './wallet-ids.js';

const TENANT = '00000000-0000-0000-0000-000000000001';
const STARTUP = 'a0000000-0000-4000-8000-000000000002';
const USER = '00000000-0000-4000-8000-000000000104';
const ADMIN = '00000000-0000-4000-8000-000000000102';
const STARTUP_ADMIN = '00000000-0000-4000-8000-000000000201';
const MINE = userWalletId(TENANT, USER);

let test: TestService;
let superuser: pg.Client;
let admin: Awaited<ReturnType<TestService['as']>>;

beforeAll(async () => {
  test = await startService(wallet);
  await seedTestDatabase('wallet', test.database, test.clock.now());
  admin = await test.as({ userId: ADMIN, tenantId: TENANT, roles: ['user', 'organizer', 'admin'] });
  superuser = new pg.Client({ connectionString: test.database.adminUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await test.close();
});

const path = (rest: string) => `/wallet/v1${rest}`;

async function charge(userId: string, amount: number, tenantId: string): Promise<void> {
  const id = newId();
  const deadline = new Date(test.clock.now().getTime() + 60_000).toISOString();
  const studio = test.internal('studio');
  await studio.post(path('/internal/holds')).send({
    id, tenantId, userId, roles: ['user'], operation: 'images.generate', referenceId: 'job', amount, deadline,
  }).expect(201); // prettier-ignore
  await studio
    .post(path(`/internal/holds/${id}/capture`))
    .send({ tenantId, amount })
    .expect(200);
}

describe('an answer that cannot be stored', () => {
  const STARTUP_WALLET = userWalletId(STARTUP, STARTUP_ADMIN);
  const credits = async (id: string) => {
    const { rows } = await superuser.query<{ available: string }>(
      'SELECT available FROM wallet.wallets WHERE id = $1',
      [id],
    );
    return Number(rows[0]?.available);
  };
  const lastCharge = async (walletId: string) => {
    const { rows } = await superuser.query<{ id: string }>(
      `SELECT id FROM wallet.transfers WHERE wallet_id = $1 AND kind = 'capture' ORDER BY id DESC LIMIT 1`,
      [walletId],
    );
    return rows[0]?.id ?? '';
  };

  beforeAll(async () => {
    await superuser.query(`
      CREATE FUNCTION public.refuse_answers() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION $m$no$m$; END';
      CREATE TRIGGER refuse_answers BEFORE UPDATE ON platform.idempotency_keys
        FOR EACH ROW WHEN (NEW.body IS NOT NULL) EXECUTE FUNCTION public.refuse_answers();
      ALTER TABLE platform.idempotency_keys DISABLE TRIGGER refuse_answers`);
  });

  /** Sends the same request twice under one key; the first time its answer cannot be stored. */
  async function twice(
    url: string,
    body: object,
    id: string,
  ): Promise<[afterFailure: number, after: number]> {
    const send = () => admin.post(path(url)).set('idempotency-key', `unstored-${url}`).send(body);
    const before = await credits(id);
    await superuser.query('ALTER TABLE platform.idempotency_keys ENABLE TRIGGER refuse_answers');
    await send().expect(500);
    await superuser.query('ALTER TABLE platform.idempotency_keys DISABLE TRIGGER refuse_answers');
    const afterFailure = (await credits(id)) - before;
    await send().expect(201);
    return [afterFailure, (await credits(id)) - before];
  }

  it.each([
    [TENANT, MINE],
    [STARTUP, STARTUP_WALLET],
  ])(
    'a top-up in tenant %s brings nothing then, and its credits once when it is repeated',
    async (tenantId, id) => {
      expect(await twice(`/wallets/${id}/top-ups`, { amount: 40, tenantId }, id)).toEqual([0, 40]);
    },
  );

  it.each([
    [TENANT, MINE, USER],
    [STARTUP, STARTUP_WALLET, STARTUP_ADMIN],
  ])(
    'a refund in tenant %s gives nothing back then, and its part once when it is repeated',
    async (tenantId, id, owner) => {
      await charge(owner, 30, tenantId);
      const url = `/transactions/${await lastCharge(id)}/refunds`;
      expect(await twice(url, { amount: 10, tenantId }, id)).toEqual([0, 10]);
    },
  );
});
