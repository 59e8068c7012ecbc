import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, newId } from '@eventzr/config';
import type { CloudEvent } from '@eventzr/events';
import { startSeededService, type SeededService } from '@eventzr/testing';
import fc from 'fast-check';
import { AuthCaller, claimsOf, type Pair } from '../auth-caller.fake.js';
import { AuthDb } from '../auth.db.js';
import { auth } from '../auth.service-definition.js';
import { SubscriptionMoved } from './plans.events.js';
import { rankOf } from './plan-tiers.js';

const EVENTZR = '00000000-0000-0000-0000-000000000001';
const idOf = (number: number) => `00000000-0000-4000-8000-000000000${number}`;
const [ORGANIZER, USER] = [idOf(103), idOf(104)];
const SEEDED_OF_ORGANIZER = 'b1000000-0000-4000-8000-000000000103';
const clock = new ManualClock(Date.UTC(2026, 2, 1, 12));
let test: SeededService;
const caller = new AuthCaller(() => test);

interface Told {
  readonly subscriptionId: string;
  readonly sequence: number;
  readonly tier?: string;
  readonly status?: string;
  readonly type?: string;
  readonly actorType?: string;
  readonly actorId?: string;
}

/** A CloudEvent with the documented fields of a subscription. */
const eventOf = ({ subscriptionId, sequence, type = 'created', ...told }: Told): CloudEvent => ({
  specversion: '1.0',
  id: newId(),
  type: `eventzr.subscription.${type}.v1`,
  source: 'subscriptions-svc',
  subject: EVENTZR,
  time: clock.now().toISOString(),
  datacontenttype: 'application/json',
  sequence,
  aggregateid: subscriptionId,
  data: { tenantId: EVENTZR, subscriptionId, actorType: 'user', actorId: USER, planId: newId(), billingCycle: 'monthly', ...told },
}); // prettier-ignore

const send = async (...told: Told[]) => {
  await test
    .internal('subscriptions')
    .post('/auth/v1/internal/events')
    .send({ events: told.map(eventOf) })
    .expect(200);
  await test.drainJobs();
};
const planOf = ({ accessToken }: Pair) => claimsOf(accessToken).planTier;
/** What the next refresh of a user’s session says. */
const nextPlan = async (email = 'user@eventzr.com') =>
  planOf(await caller.refresh(await caller.logIn(email)));

beforeAll(async () => {
  test = await startSeededService(auth, { clock });
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.admin.query('DELETE FROM sessions');
  await test.admin.query(`DELETE FROM subscribed_plans WHERE sequence > 0 OR NOT live`);
  await test.admin.query(`UPDATE users SET plan_tier = 'BASE' WHERE id = $1`, [USER]);
});

describe('what subscriptions tells', () => {
  it('reaches the token at the next refresh, PRO as `professional`', async () => {
    const pair = await caller.logIn('user@eventzr.com');
    expect(planOf(pair)).toBe('BASE');
    await send({ subscriptionId: newId(), sequence: 1, tier: 'PRO', status: 'active' });
    const next = await caller.refresh(pair);
    expect(planOf(next)).toBe('professional');
    expect((await caller.get('me', next.accessToken)).data).toMatchObject({
      planTier: 'professional',
      tier: 'PRO',
    });
    expect((await caller.get('me', pair.accessToken)).status).toBe(200);
  });

  it.each([
    ['trial', 'PRO', 'trial', 'professional'],
    ['grace after a failed payment', 'PROMAX', 'past_due', 'PROMAX'],
    ['pause', 'PRO', 'paused', 'BASE'],
    ['cancellation', 'ENTERPRISE', 'cancelled', 'BASE'],
    ['end', 'ENTERPRISE', 'expired', 'BASE'],
    ['tier nobody knows', 'PLATINUM', 'active', 'BASE'],
    ['status nobody knows', 'PRO', 'dormant', 'BASE'],
  ])('%s of %s', async (_, tier, status, plan) => {
    await send({ subscriptionId: newId(), sequence: 1, tier, status });
    expect(await nextPlan()).toBe(plan);
  });

  it('upgrade, downgrade and the end of a subscription, one after the other', async () => {
    const subscriptionId = newId();
    await send({ subscriptionId, sequence: 1, tier: 'PRO', status: 'active' });
    await send({ subscriptionId, sequence: 2, tier: 'ENTERPRISE', status: 'active', type: 'upgraded' });
    expect(await nextPlan()).toBe('ENTERPRISE');
    await send({ subscriptionId, sequence: 3, tier: 'STUDENT', status: 'active', type: 'downgraded' });
    expect(await nextPlan()).toBe('STUDENT');
    await send({ subscriptionId, sequence: 4, tier: 'STUDENT', status: 'cancelled', type: 'cancelled' });
    expect(await nextPlan()).toBe('BASE');
    await send({ subscriptionId, sequence: 5, tier: 'STUDENT', status: 'active', type: 'reactivated' });
    expect(await nextPlan()).toBe('STUDENT');
  });

  it('an older event that arrives later, or one that arrives twice, changes nothing', async () => {
    const subscriptionId = newId();
    await send({ subscriptionId, sequence: 6, tier: 'PRO', status: 'cancelled', type: 'cancelled' });
    await send({ subscriptionId, sequence: 5, tier: 'ENTERPRISE', status: 'active', type: 'upgraded' });
    await send({ subscriptionId, sequence: 6, tier: 'ENTERPRISE', status: 'active', type: 'upgraded' });
    expect(await nextPlan()).toBe('BASE');
  });

  it('a quota or a referral in between says nothing about the plan, and holds no later news up', async () => {
    const subscriptionId = newId();
    await send({ subscriptionId, sequence: 1, tier: 'PRO', status: 'active' });
    await send({ subscriptionId, sequence: 3, type: 'quota_exceeded' });
    await send({ subscriptionId, sequence: 2, tier: 'PRO', status: 'cancelled', type: 'cancelled' });
    expect(await nextPlan()).toBe('BASE');
    const { rows } = await test.admin.query(`SELECT FROM platform.inbox_events WHERE state = 'received'`);
    expect(rows).toEqual([]);
  });

  it('the higher of one’s own and the team’s counts; the team’s reaches everyone, newcomers too', async () => {
    const team = { subscriptionId: newId(), actorType: 'team', actorId: EVENTZR };
    await send({ ...team, sequence: 1, tier: 'TEAM_ENTERPRISE', status: 'active' });
    await send({ subscriptionId: newId(), sequence: 1, tier: 'STARTUP', status: 'active' });
    expect(await nextPlan()).toBe('TEAM_ENTERPRISE');
    expect(await nextPlan('partner@eventzr.com')).toBe('TEAM_ENTERPRISE');
    expect(planOf(await caller.logIn('admin@startup.co'))).toBe('BASE');
    const { accessToken } = await caller.logIn('admin@eventzr.com');
    const person = { email: `new-${newId()}@example.com`, displayName: 'New' };
    expect((await caller.post('users', person, accessToken)).data.planTier).toBe('TEAM_ENTERPRISE');
    await send({ ...team, sequence: 2, tier: 'TEAM_ENTERPRISE', status: 'expired', type: 'cancelled' });
    expect(await nextPlan()).toBe('STARTUP');
    expect(await nextPlan('partner@eventzr.com')).toBe('BASE');
    expect(await nextPlan('organizer@eventzr.com')).toBe('professional');
  });

  it('the seeded subscription of a documented account ends like any other', async () => {
    const own = { subscriptionId: SEEDED_OF_ORGANIZER, actorId: ORGANIZER };
    await send({ ...own, sequence: 1, tier: 'PRO', status: 'cancelled', type: 'cancelled' });
    expect(await nextPlan('organizer@eventzr.com')).toBe('BASE');
    await send({ ...own, sequence: 2, tier: 'PRO', status: 'active', type: 'reactivated' });
    expect(await nextPlan('organizer@eventzr.com')).toBe('professional');
  });

  it('403 from anyone but subscriptions, and nothing is kept', async () => {
    const event = eventOf({ subscriptionId: newId(), sequence: 1, tier: 'ENTERPRISE', status: 'active' });
    for (const service of ['studio', 'wallet', 'auth'] as const) {
      await test
        .internal(service)
        .post('/auth/v1/internal/events')
        .send({ events: [event] })
        .expect(403);
      const forged = { ...event, source: `${service}-svc` };
      await test
        .internal(service)
        .post('/auth/v1/internal/events')
        .send({ events: [forged] })
        .expect(403);
    }
    await test
      .request()
      .post('/auth/v1/internal/events')
      .send({ events: [event] })
      .expect(404);
    await test.drainJobs();
    expect(await nextPlan()).toBe('BASE');
  });

  it('events of two subscriptions of one account at once leave the better one', async () => {
    const { app } = test.service;
    const [db, handler] = [app.get(AuthDb), app.get(SubscriptionMoved)];
    const take = (told: Told) => db.withTenant((tx) => handler.run(eventOf(told), tx), EVENTZR);
    for (let round = 0; round < 5; round += 1) {
      const [one, two] = [newId(), newId()];
      const both = (sequence: number, status: string) =>
        Promise.all([
          take({ subscriptionId: one, sequence, tier: 'PRO', status }),
          take({ subscriptionId: two, sequence, tier: 'ENTERPRISE', status }),
        ]);
      await both(1, 'active');
      expect(await nextPlan()).toBe('ENTERPRISE');
      await both(2, 'cancelled');
      expect(await nextPlan()).toBe('BASE');
    }
  });

  it('in whatever order the events of several subscriptions arrive, the best living one is left', async () => {
    const tiers = fc.constantFrom('BASE', 'STUDENT', 'STARTUP', 'PRO', 'PROMAX', 'ENTERPRISE');
    const statuses = fc.constantFrom('trial', 'active', 'past_due', 'paused', 'cancelled', 'expired');
    const stories = fc.array(
      fc.array(fc.record({ tier: tiers, status: statuses }), { minLength: 1, maxLength: 4 }),
      { minLength: 1, maxLength: 3 },
    );
    const arrivals = stories.chain((told) => {
      const events = told.flatMap((story, index) =>
        story.map((move, order) => ({ ...move, index, sequence: order + 1 })),
      );
      return fc.record({
        told: fc.constant(told),
        events: fc.shuffledSubarray(events, { minLength: events.length }),
      });
    });
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ told, events }) => {
        await test.admin.query('DELETE FROM subscribed_plans WHERE actor_id = $1', [USER]);
        const ids = told.map(() => newId());
        await send(...events.map(({ index, ...event }) => ({ ...event, subscriptionId: ids[index] ?? '' })));
        const living = told
          .map((story) => story.at(-1))
          .filter((last) => ['trial', 'active', 'past_due'].includes(last?.status ?? ''));
        const best =
          living.map((last) => last?.tier ?? '').sort((a, b) => rankOf(b) - rankOf(a))[0] ?? 'BASE';
        const { rows } = await test.admin.query('SELECT plan_tier FROM users WHERE id = $1', [USER]);
        expect(rows).toEqual([{ plan_tier: best === 'PRO' ? 'professional' : best }]);
      }),
      { numRuns: 25 },
    );
  });
});
