import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { startService, type TestService } from '@eventzr/testing';
import { wallet } from '../wallet.service-definition.js';
import { teamWalletId } from '../wallets/wallet-ids.js';

const TENANT = 'a0000000-0000-4000-8000-000000000002';
const POLICY = '/wallet/v1/policies/team';

let test: TestService;

beforeAll(async () => {
  test = await startService(wallet);
});
afterAll(() => test.close());

const administrator = (tenantId = TENANT) =>
  test.as({ userId: randomUUID(), tenantId, roles: ['user', 'organizer', 'admin'] });

/** Credits for the team, as a platform administrator brings them. */
async function fill(amount: number): Promise<void> {
  await (await administrator()).get('/wallet/v1/wallets').expect(200);
  await (
    await administrator('00000000-0000-0000-0000-000000000001')
  )
    .post(`/wallet/v1/wallets/${teamWalletId(TENANT)}/top-ups`)
    .send({ amount, tenantId: TENANT })
    .expect(201);
}

/** Holds credits of the team and charges them. */
async function charge(userId: string, amount: number): Promise<number> {
  const id = newId();
  const holds = '/wallet/v1/internal/holds';
  const deadline = new Date(test.clock.now().getTime() + 60_000).toISOString();
  const held = await test.internal('studio').post(holds).send({
    id, tenantId: TENANT, userId, roles: ['developer', 'user'], walletChoice: 'team', operation: 'images.generate',
    referenceId: 'job', amount, deadline,
  }); // prettier-ignore
  if (held.status === 201)
    await test
      .internal('studio')
      .post(`${holds}/${id}/capture`)
      .send({ tenantId: TENANT, amount })
      .expect(200);
  return held.status;
}

describe('/policies/team', () => {
  it("is the tenant administrator's; the default admits organizers and administrators", async () => {
    const user = await test.as({ userId: randomUUID(), tenantId: TENANT, roles: ['user'] });
    await user.get(POLICY).expect(403);
    const admin = await administrator();
    expect((await admin.get(POLICY).expect(200)).body).toMatchObject({
      data: { roles: ['organizer', 'admin'], dailyCapCredits: null, updatedBy: null, updatedAt: null },
    });
    for (const body of [{}, { roles: ['king'] }, { roles: 'user' }, { roles: [], dailyCapCredits: -1 }])
      await admin.put(POLICY).send(body).expect(400);
  });

  it('decides who may spend how much a day', async () => {
    await fill(1_000);
    const spender = randomUUID();
    expect(await charge(spender, 60)).toBe(403);
    await (
      await administrator()
    )
      .put(POLICY)
      .send({ roles: ['user'], dailyCapCredits: 100 })
      .expect(200);
    expect(await charge(spender, 60)).toBe(201);
    expect(await charge(spender, 41)).toBe(402);
    expect(await charge(randomUUID(), 100)).toBe(201);
    test.clock.advance(24 * 3_600_000);
    expect(await charge(spender, 100)).toBe(201);
  });
});
