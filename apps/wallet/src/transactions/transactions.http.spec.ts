import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { encodeCursor } from '@eventzr/http';
import { seedTestDatabase, startService, type TestService } from '@eventzr/testing';
import { wallet } from '../wallet.service-definition.js';
import { userWalletId } from '../wallets/wallet-ids.js';

const TENANT = '00000000-0000-0000-0000-000000000001';
const USER = '00000000-0000-4000-8000-000000000104';
const ADMIN = '00000000-0000-4000-8000-000000000102';
const MINE = userWalletId(TENANT, USER);

type Agent = Awaited<ReturnType<TestService['as']>>;

let test: TestService;
let user: Agent;
let admin: Agent;

beforeAll(async () => {
  test = await startService(wallet);
  await seedTestDatabase('wallet', test.database, test.clock.now());
  await logIn();
});
afterAll(async () => {
  await test.close();
});

async function logIn(): Promise<void> {
  user = await test.as({ userId: USER, tenantId: TENANT, roles: ['user'] });
  admin = await test.as({ userId: ADMIN, tenantId: TENANT, roles: ['user', 'organizer', 'admin'] });
}

const path = (rest: string) => `/wallet/v1${rest}`;
const dataOf = <T = Record<string, unknown>>(answer: { body: unknown }) => (answer.body as { data: T }).data;
const pageOf = (answer: { body: unknown }) => (answer.body as { page: { next_cursor: string | null } }).page;
const codeOf = (answer: { body: unknown }) => (answer.body as { error: { code: string } }).error.code;
const available = async (agent: Agent, id: string) =>
  Number(dataOf(await agent.get(path(`/wallets/${id}`)).expect(200))['available']);

async function charge(
  userId: string,
  amount: number,
  tenantId = TENANT,
  changes: object = {},
): Promise<string> {
  const id = newId();
  const deadline = new Date(test.clock.now().getTime() + 60_000).toISOString();
  const body = {
    id,
    tenantId,
    userId,
    roles: ['user'],
    operation: 'images.generate',
    referenceId: 'job',
    amount,
    deadline,
    ...changes,
  };
  await test.internal('studio').post(path('/internal/holds')).send(body).expect(201);
  await test
    .internal('studio')
    .post(path(`/internal/holds/${id}/capture`))
    .send({ tenantId, amount })
    .expect(200);
  return id;
}

describe('GET /wallets/:id/transactions', () => {
  const newOwner = async (charges: readonly number[]) => {
    const userId = randomUUID();
    const owner = await test.as({ userId, tenantId: TENANT });
    await owner.get(path('/wallets')).expect(200);
    const id = userWalletId(TENANT, userId);
    await admin
      .post(path(`/wallets/${id}/top-ups`))
      .send({ amount: 1_000, reason: '=cmd|"calc"' })
      .expect(201);
    for (const amount of charges) await charge(userId, amount);
    return { owner, id };
  };

  it('pages through all of them, latest first, none twice', async () => {
    const { owner, id } = await newOwner([1, 2, 3]);
    const seen: { kind: string; amount: number; balanceChange: number; availableAfter: number }[] = [];
    let cursor: string | null = null;
    do {
      const answer: { body: unknown } = await owner.get(path(`/wallets/${id}/transactions`)).query({ limit: 2, ...(cursor === null ? {} : { cursor }) }).expect(200); // prettier-ignore
      seen.push(...dataOf<typeof seen>(answer));
      cursor = pageOf(answer).next_cursor;
    } while (cursor !== null);
    expect(seen.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual([
      'capture 3', 'hold 3', 'capture 2', 'hold 2', 'capture 1', 'hold 1', 'top_up 1000',
    ]); // prettier-ignore
    expect(seen[0]).toMatchObject({ balanceChange: -3, availableAfter: 994 });
  });

  it('filters by kind; refuses bad cursors, limits and kinds', async () => {
    const { owner, id } = await newOwner([4]);
    const url = path(`/wallets/${id}/transactions`);
    expect(dataOf<unknown[]>(await owner.get(url).query({ kind: 'capture' }).expect(200))).toHaveLength(1);
    for (const query of [
      { cursor: 'abc' },
      { cursor: encodeCursor({ createdAt: '2026-W05-1', id }) },
      { limit: 0 },
      { limit: 101 },
      { kind: 'theft' },
      { format: 'xml' },
    ])
      await owner.get(url).query(query).expect(400);
  });

  it('as CSV by ?format=csv and by Accept; texts cannot act as formulas', async () => {
    const { owner, id } = await newOwner([7]);
    const byQuery = await owner
      .get(path(`/wallets/${id}/transactions`))
      .query({ format: 'csv' })
      .expect(200);
    const byHeader = await owner
      .get(path(`/wallets/${id}/transactions`))
      .set('accept', 'text/csv')
      .expect(200);
    expect(byQuery.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(byHeader.text).toBe(byQuery.text);
    const lines = byQuery.text.trimEnd().split('\r\n');
    expect(lines[0]).toBe(
      'createdAt,id,kind,amount,balanceChange,availableAfter,heldAfter,description,holdId,refundOf,actor',
    );
    expect(lines).toHaveLength(4);
    expect(lines[3]).toContain(`"'=cmd|""calc"""`);
  });

  it('holds list by state', async () => {
    const { owner, id } = await newOwner([7, 8]);
    const holds = dataOf<{ state: string; captured: number }[]>(
      await owner
        .get(path(`/wallets/${id}/holds`))
        .query({ state: 'captured', limit: 1 })
        .expect(200),
    );
    expect(holds).toEqual([expect.objectContaining({ state: 'captured', captured: 8 })]);
    expect(
      dataOf<unknown[]>(
        await owner
          .get(path(`/wallets/${id}/holds`))
          .query({ state: 'open' })
          .expect(200),
      ),
    ).toEqual([]);
  });
});

describe('POST /transactions/:id/refunds', () => {
  const refund = (id: string, body: object = {}) =>
    admin.post(path(`/transactions/${id}/refunds`)).send(body);
  const lastCharge = async () => {
    const rows = dataOf<{ id: string }[]>(
      await user.get(path(`/wallets/${MINE}/transactions`)).query({ kind: 'capture', limit: 1 }),
    );
    return rows[0]?.id ?? '';
  };

  it('gives back in parts, at most what was charged', async () => {
    await charge(USER, 40);
    const [id, before] = [await lastCharge(), await available(user, MINE)];
    expect(dataOf(await refund(id, { amount: 15, reason: 'late' }).expect(201))).toMatchObject({ kind: 'refund', amount: 15, refundOf: id, balanceChange: 15 }); // prettier-ignore
    expect(codeOf(await refund(id, { amount: 26 }).expect(400))).toBe('ERR_WALLET_REFUND_AMOUNT_EXCEEDED');
    expect(dataOf(await refund(id).expect(201))['amount']).toBe(25);
    expect(codeOf(await refund(id).expect(409))).toBe('ERR_WALLET_TRANSACTION_ALREADY_REFUNDED');
    expect(await available(user, MINE)).toBe(before + 40);
  });

  it('a key that is used again after its answer was forgotten gives back again', async () => {
    await charge(USER, 40);
    const [id, before] = [await lastCharge(), await available(user, MINE)];
    const send = () => refund(id, { amount: 15 }).set('idempotency-key', 'refund-again');
    await send().expect(201);
    expect((await send().expect(201)).headers['idempotency-replayed']).toBe('true');
    expect(await available(user, MINE)).toBe(before + 15);
    test.clock.advance(24 * 3_600_000 + 1);
    await logIn();
    await send().expect(201);
    expect(await available(user, MINE)).toBe(before + 30);
  });

  it('ten at once give back once', async () => {
    await charge(USER, 30);
    const [id, before] = [await lastCharge(), await available(user, MINE)];
    await Promise.all(Array.from({ length: 10 }, () => refund(id)));
    expect(await available(user, MINE)).toBe(before + 30);
  });

  it('only charges; 404 for what is not there', async () => {
    const [welcome] = dataOf<{ id: string }[]>(
      await user.get(path(`/wallets/${MINE}/transactions`)).query({ kind: 'grant', limit: 1 }),
    );
    expect(codeOf(await refund(welcome?.id ?? '').expect(409))).toBe('ERR_WALLET_TRANSACTION_NOT_REFUNDABLE');
    expect(codeOf(await refund(newId()).expect(404))).toBe('ERR_WALLET_TRANSACTION_NOT_FOUND');
  });
});
