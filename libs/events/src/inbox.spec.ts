import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { CatalogueError } from '@eventzr/http';
import { JobRunner } from '@eventzr/jobs';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';
import type { INestApplicationContext } from '@nestjs/common';
import type { CloudEvent } from './cloud-event.js';
import {
  CountUsage,
  DAY_MS,
  KeepPlan,
  OTHER,
  PLAN,
  startEventsApp,
  TENANT,
  USAGE,
  type MemoryLogger,
} from './events-app.fake.js';
import { Inbox } from './inbox.js';
import { LostEvents } from './lost-events.js';
import { OldEvents } from './old-events.js';

describe('inbox', () => {
  const clock = new ManualClock();
  let fixture: FixtureService;
  let app: INestApplicationContext;
  let logger: MemoryLogger;
  let inbox: Inbox;

  beforeAll(async () => {
    fixture = await startFixture();
    const events = await startEventsApp(fixture.connections, fixture.db, clock);
    app = events.app;
    logger = events.logger;
    inbox = app.get(Inbox);
  });

  afterAll(async () => {
    await app.close();
    await fixture.close();
  });

  beforeEach(() => {
    clock.advance(DAY_MS);
    logger.alarms.length = 0;
    app.get(KeepPlan).seen.length = 0;
    app.get(CountUsage).broken = false;
  });

  const notesCalled = (text: string, tenantId = TENANT): Promise<number> =>
    fixture.db.withTenant((tx) => tx.note.count({ where: { text } }), tenantId);

  const event = (change: Partial<CloudEvent> = {}): CloudEvent => ({
    specversion: '1.0',
    id: randomUUID(),
    type: USAGE,
    source: 'llm-orch-svc',
    subject: TENANT,
    time: clock.now().toISOString(),
    datacontenttype: 'application/json',
    sequence: 1,
    aggregateid: randomUUID(),
    data: { text: randomUUID() },
    ...change,
  });
  const textOf = ({ data }: CloudEvent): string => String(data['text']);
  const drain = (): Promise<number> => app.get(JobRunner).drain();
  const stateOf = async ({ id }: CloudEvent): Promise<string | undefined> =>
    (
      await fixture.db.withTenant(
        async (tx) =>
          tx.$queryRaw<{ state: string }[]>`SELECT state FROM platform.inbox_events WHERE id = ${id}::uuid`,
        TENANT,
      )
    )[0]?.state;

  it('handles an event once, however often it arrives', async () => {
    const one = event();
    const receipts = await Promise.all([
      inbox.receive('llm-orch-svc', [one]),
      inbox.receive('llm-orch-svc', [one]),
    ]);
    expect(receipts.map(({ accepted }) => accepted).sort()).toEqual([0, 1]);
    await drain();
    expect(await inbox.receive('llm-orch-svc', [one])).toEqual({ accepted: 0, duplicates: 1, ignored: 0 });
    await drain();
    expect(await notesCalled(textOf(one))).toBe(1);
  });

  it('keeps the events of each tenant apart', async () => {
    const [mine, theirs] = [event(), event({ subject: OTHER })];
    await inbox.receive('llm-orch-svc', [mine, theirs]);
    await drain();
    expect([await notesCalled(textOf(mine)), await notesCalled(textOf(theirs))]).toEqual([1, 0]);
    expect(await notesCalled(textOf(theirs), OTHER)).toBe(1);
  });

  it.each<[string, string, Partial<CloudEvent>]>([
    ['another service', 'wallet-svc', {}],
    ['a service that does not produce the type', 'wallet-svc', { source: 'wallet-svc' }],
    ['a producer in another name', 'llm-orch-svc', { source: 'wallet-svc' }],
    ['nobody', '-svc', { source: '-svc' }],
  ])('refuses an event from %s', async (_, sender, change) => {
    const forged = event(change);
    const refusal = await inbox.receive(sender, [forged]).catch((error: unknown) => error);
    expect(refusal instanceof CatalogueError && refusal.entry.code).toBe('FORBIDDEN');
    expect(await stateOf(forged)).toBeUndefined();
  });

  it('stores nothing of a batch with one forged event', async () => {
    const good = event();
    await expect(inbox.receive('llm-orch-svc', [good, event({ source: 'wallet-svc' })])).rejects.toThrow(
      CatalogueError,
    );
    expect(await stateOf(good)).toBeUndefined();
  });

  it('ignores what nobody handles here', async () => {
    const other = event({ type: 'eventzr.llm.quota.low.v1' });
    expect(await inbox.receive('llm-orch-svc', [other])).toEqual({
      accepted: 0,
      duplicates: 0,
      ignored: 1,
    });
    expect(await stateOf(other)).toBeUndefined();
  });

  it('leaves out an older event of a state that is already newer', async () => {
    const plan = (sequence: number): CloudEvent =>
      event({ type: PLAN, source: 'subscriptions-svc', sequence, aggregateid: 'plan-1' });
    const [third, second, fourth] = [plan(3), plan(2), plan(4)];
    for (const next of [third, second, fourth]) {
      await inbox.receive('subscriptions-svc', [next]);
      await drain();
    }
    expect(app.get(KeepPlan).seen).toEqual([3, 4]);
    expect(await stateOf(second)).toBe('outdated');
  });

  it('tries a failed event again with pauses, without half an effect', async () => {
    const one = event();
    app.get(CountUsage).broken = true;
    await inbox.receive('llm-orch-svc', [one]);
    await drain();
    expect([await notesCalled(textOf(one)), await stateOf(one)]).toEqual([0, 'received']);
    app.get(CountUsage).broken = false;
    expect(await drain()).toBe(0);
    clock.advance(1_000);
    expect(await drain()).toBe(1);
    expect([await notesCalled(textOf(one)), await stateOf(one)]).toEqual([1, 'handled']);
  });

  it('gives up after ten attempts and alarms', async () => {
    const one = event();
    app.get(CountUsage).broken = true;
    await inbox.receive('llm-orch-svc', [one]);
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await drain();
      clock.advance(300_000);
    }
    expect(await stateOf(one)).toBe('dead');
    expect(logger.alarms).toMatchObject([{ id: one.id, attempts: 10 }]);
  });

  it('finds events whose job was lost', async () => {
    const one = event();
    await inbox.receive('llm-orch-svc', [one]);
    await fixture.connections.job.query('DELETE FROM graphile_worker._private_jobs');
    clock.advance(60_000);
    expect((await app.get(LostEvents).run()).succeeded).toBe(1);
    await drain();
    expect(await stateOf(one)).toBe('handled');
  });

  it('forgets handled events after 30 days', async () => {
    const one = event();
    await inbox.receive('llm-orch-svc', [one]);
    await drain();
    clock.advance(30 * DAY_MS);
    await app.get(OldEvents).run();
    expect(await stateOf(one)).toBe('handled');
    clock.advance(1);
    await app.get(OldEvents).run();
    expect(await stateOf(one)).toBeUndefined();
  });
});
