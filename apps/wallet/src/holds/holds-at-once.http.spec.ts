import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import {
  startService,
  startTestDatabase,
  TEST_INTERNAL_KEY,
  type TestDatabase,
  type TestService,
} from '@eventzr/testing';
import { wallet } from '../wallet.service-definition.js';
import { RoundTrips } from './round-trips.fake.js';
import { teamWalletId, userWalletId } from '../wallets/wallet-ids.js';

const PLATFORM = '00000000-0000-0000-0000-000000000001';
const HOUR = 3_600_000;

let test: TestService;
let database: TestDatabase;
let trips: RoundTrips;

beforeAll(async () => {
  database = await startTestDatabase('wallet');
  trips = await RoundTrips.before(database.environment['DATABASE_URL'] ?? '');
  test = await startService(wallet, { database, environment: { DATABASE_URL: trips.url } });
});
afterAll(async () => {
  await test.close();
  await trips.close();
  await database.drop();
});

afterEach(async () => {
  const answer = await test
    .request()
    .post('/wallet/v1/jobs/reconcile')
    .set('x-api-key', TEST_INTERNAL_KEY)
    .expect(200);
  expect((answer.body as { data: object }).data).toMatchObject({ failed: 0, violations: [] });
});

const dataOf = (answer: { body: unknown }) => (answer.body as { data: Record<string, unknown> }).data;
const counted = (answers: readonly { status: number }[]) =>
  Object.fromEntries(
    [201, 200, 402, 409].map((status) => [
      status,
      answers.filter((answer) => answer.status === status).length,
    ]),
  );

/** A tenant of its own for every test, with credits in the user's and the team's wallet. */
async function tenantWith({ user = 0, team = 0 }: { user?: number; team?: number }) {
  const [tenantId, userId] = [randomUUID(), randomUUID()];
  await (await test.as({ tenantId, userId })).get('/wallet/v1/wallets').expect(200);
  const platform = await test.as({ tenantId: PLATFORM, roles: ['admin'] });
  for (const [id, amount] of [[userWalletId(tenantId, userId), user], [teamWalletId(tenantId), team]] as const)
    if (amount > 0) await platform.post(`/wallet/v1/wallets/${id}/top-ups`).send({ amount, tenantId }).expect(201); // prettier-ignore
  return { tenantId, userId };
}

interface Payer {
  readonly tenantId: string;
  readonly userId: string;
}

const reserve = ({ tenantId, userId }: Payer, amount: number, changes: object = {}) =>
  test.internal('studio').post('/wallet/v1/internal/holds').send({
    id: newId(), tenantId, userId, roles: ['user'], operation: 'images.generate', referenceId: 'r', amount,
    deadline: new Date(test.clock.now().getTime() + HOUR).toISOString(), ...changes,
  }); // prettier-ignore

describe('one round trip to the database per call', () => {
  it('to reserve, to repeat it, to capture, to release, to look up and to quote', async () => {
    const payer = await tenantWith({ user: 100 });
    const [charged, released] = [newId(), newId()];
    const { tenantId, userId } = payer;
    const private_ = () => test.internal('studio');
    const calls: Record<string, () => Promise<unknown>> = {
      reserve: async () => reserve(payer, 10, { id: charged }).expect(201),
      'reserve again': async () => reserve(payer, 10, { id: charged }).expect(200),
      'reserve too much': async () => reserve(payer, 1_000).expect(402),
      find: async () => private_().get(`/wallet/v1/internal/holds/${charged}`).query({ tenantId }).expect(200),
      capture: async () => private_().post(`/wallet/v1/internal/holds/${charged}/capture`).send({ tenantId, amount: 5 }).expect(200),
      release: async () => private_().post(`/wallet/v1/internal/holds/${released}/release`).send({ tenantId }).expect(200),
      quote: async () => private_().post('/wallet/v1/internal/quotes').send({ tenantId, userId, roles: ['user'], amount: 5 }).expect(200),
    }; // prettier-ignore
    const sent: Record<string, number> = {};
    for (const [name, call] of Object.entries(calls)) sent[name] = await trips.of(call);
    expect(sent).toEqual(Object.fromEntries(Object.keys(calls).map((name) => [name, 1])));
  });

  it('and fewer than one when many reserve from one wallet at once', async () => {
    const payer = await tenantWith({ user: 400 });
    const taken = await trips.of(() =>
      Promise.all(Array.from({ length: 40 }, () => reserve(payer, 10).expect(201))),
    );
    expect(taken).toBeLessThan(40);
  });
});

describe('of N reserves at once on credits for K', () => {
  it("exactly K succeed on the user's wallet", async () => {
    const payer = await tenantWith({ user: 170 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => reserve(payer, 10)));
    expect(counted(answers)).toEqual({ 201: 17, 200: 0, 402: 33, 409: 0 });
  });

  it("exactly K succeed on the team's wallet, by many users, by choice and by fallback", async () => {
    const { tenantId } = await tenantWith({ team: 120 });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        reserve({ tenantId, userId: randomUUID() }, 10, {
          roles: ['organizer'],
          ...(n % 2 === 0 && { walletChoice: 'team' }),
        }),
      ),
    );
    expect(counted(answers)).toEqual({ 201: 12, 200: 0, 402: 28, 409: 0 });
  });

  it("exactly the team's daily cap for each of two users", async () => {
    const { tenantId, userId } = await tenantWith({ team: 1_000 });
    const admin = await test.as({ tenantId, userId, roles: ['user', 'organizer', 'admin'] });
    await admin
      .put('/wallet/v1/policies/team')
      .send({ roles: ['organizer'], dailyCapCredits: 50 })
      .expect(200);
    const users = [userId, randomUUID()];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        reserve({ tenantId, userId: users[n % 2] ?? '' }, 10, {
          roles: ['organizer'],
          ...(n % 4 < 2 && { walletChoice: 'team' }),
        }),
      ),
    );
    const paid = answers
      .filter(({ status }) => status === 201)
      .map((answer) => String(dataOf(answer)['userId']));
    expect(users.map((user) => paid.filter((id) => id === user).length)).toEqual([5, 5]);
  });

  it("the user's credits are used up first, the rest comes from the team, and no hold is split", async () => {
    const payer = await tenantWith({ user: 35, team: 35 });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => reserve(payer, 10, { roles: ['organizer'] })),
    );
    const paid = answers.filter(({ status }) => status === 201).map((answer) => dataOf(answer)['kind']);
    expect(paid.sort()).toEqual(['team', 'team', 'team', 'user', 'user', 'user']);
    await reserve(payer, 10, { roles: ['organizer'] }).expect(402);
  });
});

it('settled from many connections at once, a hold ends once', async () => {
  const payer = await tenantWith({ user: 100 });
  const hold = dataOf(await reserve(payer, 40).expect(201))['id'];
  const send = (action: string, body: object) =>
    test.internal('studio').post(`/wallet/v1/internal/holds/${String(hold)}/${action}`).send({ tenantId: payer.tenantId, ...body }); // prettier-ignore
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      n % 2 === 0 ? send('capture', { amount: 30 }) : send('release', {}),
    ),
  );
  expect(counted(answers)).toEqual({ 201: 0, 200: 10, 402: 0, 409: 10 });
});
