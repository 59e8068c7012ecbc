import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { startService, TEST_INTERNAL_KEY, type TestService } from '@eventzr/testing';
import pg from 'pg';
import { PublishBalances } from '../balances/balances.jobs.js';
import { wallet } from '../wallet.service-definition.js';
import { teamWalletId, userWalletId } from '../wallets/wallet-ids.js';

const TENANT = 'a0000000-0000-4000-8000-000000000002';
const DAY = 24 * 3_600_000;

let test: TestService;
let superuser: pg.Client;
let sequence = 0;

beforeAll(async () => {
  test = await startService(wallet);
  superuser = new pg.Client({ connectionString: test.database.adminUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await test.close();
});

interface Sent {
  readonly id?: string;
  readonly type?: string;
  readonly caller?: 'subscriptions' | 'studio';
}

async function send(
  data: object,
  { id = newId(), type = 'payment_succeeded', caller = 'subscriptions' }: Sent = {},
) {
  const event = {
    specversion: '1.0', id, type: `eventzr.subscription.${type}.v1`, source: 'subscriptions-svc', subject: TENANT,
    time: test.clock.now().toISOString(), datacontenttype: 'application/json', sequence: (sequence += 1),
    aggregateid: newId(), data: { tenantId: TENANT, subscriptionId: newId(), ...data },
  }; // prettier-ignore
  const answer = await test
    .internal(caller)
    .post('/wallet/v1/internal/events')
    .send({ events: [event] });
  await test.drainJobs();
  return answer;
}

async function grantsOf(walletId: string) {
  const { rows } = await superuser.query<{ source: string; amount: string; remaining: string; promotional: boolean; expires_at: Date | null }>(
    'SELECT source, amount, remaining, promotional, expires_at FROM wallet.grants WHERE wallet_id = $1 ORDER BY created_at, id', [walletId]); // prettier-ignore
  return rows.map(({ amount, remaining, ...rest }) => ({
    ...rest,
    amount: Number(amount),
    remaining: Number(remaining),
  }));
}

const paid = (actorId: string, changes: object = {}) => ({
  actorType: 'user', actorId, tier: 'PRO', invoiceId: newId(), aiCredits: 300,
  periodEnd: new Date(test.clock.now().getTime() + 30 * DAY).toISOString(), ...changes,
}); // prettier-ignore

describe('a paid period', () => {
  it("brings the plan's credits, for that period", async () => {
    const userId = randomUUID();
    const data = paid(userId);
    await send(data);
    expect(await grantsOf(userWalletId(TENANT, userId))).toEqual([
      {
        source: 'plan',
        amount: 300,
        remaining: 300,
        promotional: false,
        expires_at: new Date(data.periodEnd),
      },
    ]);
  });

  it('brings them once, however often and under however many event ids it is told', async () => {
    const userId = randomUUID();
    const data = paid(userId);
    const id = newId();
    await send(data, { id });
    await send(data, { id });
    await send(data);
    expect(await grantsOf(userWalletId(TENANT, userId))).toHaveLength(1);
  });

  it("goes to the team's wallet for a team, and nowhere when the plan has no credits", async () => {
    const userId = randomUUID();
    await send(paid(TENANT, { actorType: 'team' }));
    await send(paid(userId, { aiCredits: 0 }));
    expect(await grantsOf(teamWalletId(TENANT))).toHaveLength(1);
    expect(await grantsOf(userWalletId(TENANT, userId))).toEqual([]);
  });

  it('is believed only when subscriptions tells it', async () => {
    const userId = randomUUID();
    const answer = await send(paid(userId), { caller: 'studio' });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await grantsOf(userWalletId(TENANT, userId))).toEqual([]);
  });
});

describe('a trial', () => {
  it('brings promotional credits, once', async () => {
    const userId = randomUUID();
    const data = { actorType: 'user', actorId: userId, trialId: newId(), aiCredits: 50 };
    await send(data, { type: 'trial_started' });
    await send(data, { type: 'trial_started' });
    expect(await grantsOf(userWalletId(TENANT, userId))).toMatchObject([
      { source: 'trial', amount: 50, promotional: true },
    ]);
  });
});

describe('POST /jobs/expire-grants', () => {
  const run = async () =>
    (
      (
        await test
          .request()
          .post('/wallet/v1/jobs/expire-grants')
          .set('x-api-key', TEST_INTERNAL_KEY)
          .expect(200)
      ).body as { data: object }
    ).data;

  it('takes away what is over, sparing what holds would burn', async () => {
    const userId = randomUUID();
    await send(paid(userId, { aiCredits: 100 }));
    const deadline = new Date(test.clock.now().getTime() + 31 * DAY).toISOString();
    const hold = {
      id: newId(),
      tenantId: TENANT,
      userId,
      roles: ['user'],
      operation: 'x',
      referenceId: 'r',
      amount: 40,
      deadline,
    };
    await test.internal('studio').post('/wallet/v1/internal/holds').send(hold).expect(201);
    test.clock.advance(30 * DAY);
    await run();
    expect(await grantsOf(userWalletId(TENANT, userId))).toMatchObject([{ remaining: 40 }]);
    expect(await run()).toMatchObject({ succeeded: 0 });
    await test
      .internal('studio')
      .post(`/wallet/v1/internal/holds/${hold.id}/capture`)
      .send({ tenantId: TENANT, amount: 40 })
      .expect(200);
  });
});

describe('POST /jobs/expire-grants twice at once', () => {
  it('takes credits away once', async () => {
    const users = Array.from({ length: 6 }, () => randomUUID());
    for (const userId of users) await send(paid(userId, { aiCredits: 100 }));
    test.clock.advance(30 * DAY);
    const run = () => test.request().post('/wallet/v1/jobs/expire-grants').set('x-api-key', TEST_INTERNAL_KEY).expect(200); // prettier-ignore
    await Promise.all([run(), run(), run()]);
    await run();
    const { rows } = await superuser.query<{ expiries: string; lost: string }>(
      `SELECT count(*) AS expiries, sum(amount) AS lost FROM wallet.transfers WHERE kind = 'grant_expiry' AND wallet_id = ANY($1)`,
      [users.map((userId) => userWalletId(TENANT, userId))],
    );
    expect(rows).toEqual([{ expiries: '6', lost: '600' }]);
  });
});

describe('eventzr.wallet.balance', () => {
  async function published(walletId: string) {
    await test.service.app.get(PublishBalances, { strict: false }).run();
    const { rows } = await superuser.query<{ type: string; data: { available: number } }>(
      'SELECT type, data FROM platform.outbox_events WHERE aggregate_id = $1 ORDER BY sequence', [walletId]); // prettier-ignore
    return rows.map(({ type, data }) => `${type.replace('eventzr.wallet.balance.', '')} ${data.available}`);
  }

  const holdOf = (userId: string, amount: number) =>
    test.internal('studio').post('/wallet/v1/internal/holds').send({
      id: newId(), tenantId: TENANT, userId, roles: ['user'], operation: 'x', referenceId: 'r', amount,
      deadline: new Date(test.clock.now().getTime() + DAY).toISOString(),
    }).expect(201); // prettier-ignore

  it('is low once per crossing: credits that do not lift it above a fifth are no new one', async () => {
    const userId = randomUUID();
    const walletId = userWalletId(TENANT, userId);
    const lows = async () => (await published(walletId)).filter((event) => event.startsWith('low'));
    await send(paid(userId, { aiCredits: 100 }));
    await holdOf(userId, 90);
    expect(await lows()).toEqual(['low.v1 10']);
    await send(paid(userId, { aiCredits: 1 }));
    expect(await lows()).toEqual(['low.v1 10']);
    await send(paid(userId, { aiCredits: 400 }));
    await holdOf(userId, 400);
    expect(await lows()).toEqual(['low.v1 10', 'low.v1 11']);
  });

  it.each([
    [11, 8, []],
    [11, 9, ['low.v1 2']],
    [10, 8, []],
    [10, 9, ['low.v1 1']],
  ])(
    'of %i credits with %i held: under a fifth, not just under its whole part',
    async (had, holds, expected) => {
      const userId = randomUUID();
      await send(paid(userId, { aiCredits: had }));
      await holdOf(userId, holds);
      const events = await published(userWalletId(TENANT, userId));
      expect(events.filter((event) => event.startsWith('low'))).toEqual(expected);
    },
  );

  it('numbers the events of a wallet one after the other', async () => {
    const userId = randomUUID();
    const walletId = userWalletId(TENANT, userId);
    for (const aiCredits of [10, 20, 30]) {
      await send(paid(userId, { aiCredits }));
      await published(walletId);
    }
    const { rows } = await superuser.query<{ sequence: string; available: string }>(
      `SELECT sequence, data ->> 'available' AS available FROM platform.outbox_events WHERE aggregate_id = $1 ORDER BY sequence`,
      [walletId],
    );
    expect(rows.map(({ sequence: number, available }) => `${number}: ${available}`)).toEqual([
      '1: 10',
      '2: 30',
      '3: 60',
    ]);
  });

  it('tells the state after moves, once; and that it is low, once, until more comes in', async () => {
    const userId = randomUUID();
    const walletId = userWalletId(TENANT, userId);
    const deadline = new Date(test.clock.now().getTime() + DAY).toISOString();
    const hold = (amount: number) =>
      test.internal('studio').post('/wallet/v1/internal/holds')
        .send({ id: newId(), tenantId: TENANT, userId, roles: ['user'], operation: 'x', referenceId: 'r', amount, deadline }).expect(201); // prettier-ignore
    await send(paid(userId, { aiCredits: 100 }));
    await hold(10);
    expect(await published(walletId)).toEqual(['updated.v1 90']);
    expect(await published(walletId)).toEqual(['updated.v1 90']);
    await hold(70);
    expect((await published(walletId)).slice(1)).toEqual(['updated.v1 20']);
    await hold(1);
    await hold(1);
    expect((await published(walletId)).slice(2)).toEqual(['updated.v1 18', 'low.v1 18']);
    await hold(1);
    expect((await published(walletId)).slice(4)).toEqual(['updated.v1 17']);
    await send(paid(userId, { aiCredits: 100 }));
    await hold(100);
    expect((await published(walletId)).slice(5)).toEqual(['updated.v1 17', 'low.v1 17']);
  });
});
