import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';
import type { INestApplicationContext } from '@nestjs/common';
import { EventRelay } from './event-relay.js';
import {
  CREATED,
  DAY_MS,
  OTHER,
  startEventsApp,
  TENANT,
  USAGE,
  type MemoryLogger,
  type Wire,
} from './events-app.fake.js';
import { Outbox } from './outbox.js';
import { ParkedEvents } from './parked-events.js';

describe('outbox and relay', () => {
  const clock = new ManualClock();
  let fixture: FixtureService;
  let app: INestApplicationContext;
  let wire: Wire;
  let logger: MemoryLogger;
  let outbox: Outbox;
  let relay: EventRelay;

  beforeAll(async () => {
    fixture = await startFixture();
    const events = await startEventsApp(fixture.connections, fixture.db, clock);
    app = events.app;
    ({ wire, logger } = events);
    [outbox, relay] = [app.get(Outbox), app.get(EventRelay)];
  });

  afterAll(async () => {
    await app.close();
    await fixture.close();
  });

  beforeEach(async () => {
    wire.answer = () => ({ kind: 'delivered' });
    clock.advance(DAY_MS);
    await relay.run();
    wire.batches.length = 0;
    logger.alarms.length = 0;
  });

  const append = (aggregateId: string, data: object = {}, tenantId = TENANT): Promise<void> =>
    fixture.db.withTenant((tx) => outbox.append(tx, { type: CREATED, aggregateId, data }), tenantId);

  it('delivers a CloudEvents 1.0 event to each subscriber, once', async () => {
    const id = randomUUID();
    await append(id, { assetId: id });
    expect((await relay.run()).succeeded).toBe(2);
    await relay.run();
    expect(wire.to('studio')).toEqual([
      {
        specversion: '1.0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        type: CREATED,
        source: 'vault-svc',
        subject: TENANT,
        time: clock.now().toISOString(),
        datacontenttype: 'application/json',
        sequence: 1,
        aggregateid: id,
        data: { assetId: id },
      },
    ]);
    expect(wire.to('wallet')).toEqual(wire.to('studio'));
  });

  it('tells nothing of a transaction that rolled back', async () => {
    const failing = fixture.db.withTenant(async (tx) => {
      await outbox.append(tx, { type: CREATED, aggregateId: randomUUID(), data: {} });
      throw new Error('rolled back');
    }, TENANT);
    await expect(failing).rejects.toThrow('rolled back');
    expect((await relay.run()).processed).toBe(0);
  });

  it('appends many events at once, numbered in their order', async () => {
    const ids = [randomUUID(), randomUUID()];
    const [first = '', second = ''] = ids;
    const event = (aggregateId: string, place: number) => ({ type: CREATED, aggregateId, data: { place } });
    const events = [event(first, 0), event(second, 1), event(first, 2), event(first, 3)];
    await fixture.db.withTenantSql((tx) => outbox.appendAll(tx, events), TENANT);
    expect((await relay.run()).succeeded).toBe(8);
    const told = wire.to('studio').map(({ aggregateid, sequence, data }) => [aggregateid, sequence, data]);
    expect(told).toEqual([
      [first, 1, { place: 0 }],
      [second, 1, { place: 1 }],
      [first, 2, { place: 2 }],
      [first, 3, { place: 3 }],
    ]);
    const foreign = { type: 'eventzr.user.created.v1', aggregateId: first, data: {} };
    const refused = fixture.db.withTenantSql(
      (tx) => outbox.appendAll(tx, [event(first, 4), foreign]),
      TENANT,
    );
    await expect(refused).rejects.toThrow('does not produce');
  });

  it('does not lose an event whose transaction commits late', async () => {
    const gate = Promise.withResolvers<void>();
    const written = Promise.withResolvers<void>();
    const [early, late] = [randomUUID(), randomUUID()];
    const slow = fixture.db.withTenant(async (tx) => {
      await outbox.append(tx, { type: CREATED, aggregateId: late, data: {} });
      written.resolve();
      await gate.promise;
    }, TENANT);
    await written.promise;
    await append(early);
    await relay.run();
    expect(wire.to('studio').map(({ aggregateid }) => aggregateid)).toEqual([early]);
    gate.resolve();
    await slow;
    await relay.run();
    expect(wire.to('studio').map(({ aggregateid }) => aggregateid)).toEqual([early, late]);
  });

  it('numbers the events of an aggregate in the order of their commits, and keeps that order under load', async () => {
    const id = randomUUID();
    await Promise.all(Array.from({ length: 20 }, () => append(id)));
    await append(id, {}, OTHER);
    await Promise.all([relay.run(), relay.run(), relay.run()]);
    const own = wire.to('studio').filter(({ subject }) => subject === TENANT);
    expect(own.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    for (const { events } of wire.batches) {
      const sequences = events.filter(({ subject }) => subject === TENANT).map(({ sequence }) => sequence);
      expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    }
    expect(wire.to('studio').find(({ subject }) => subject === OTHER)).toMatchObject({
      sequence: 1,
      aggregateid: id,
    });
  });

  it('waits for a subscriber that is down, with growing pauses, and holds up nobody else', async () => {
    const id = randomUUID();
    await append(id);
    wire.answer = (destination) =>
      destination === 'studio' ? { kind: 'failed', error: 'HTTP 503' } : { kind: 'delivered' };
    await relay.run();
    expect([wire.to('studio').length, wire.to('wallet').length]).toEqual([0, 1]);
    await append(id);
    wire.answer = () => ({ kind: 'delivered' });
    await relay.run();
    expect(wire.to('studio')).toEqual([]);
    clock.advance(1_000);
    await relay.run();
    expect(wire.to('studio').map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(wire.to('wallet').map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('goes on trying for ever, at least every five minutes', async () => {
    await append(randomUUID());
    wire.answer = () => ({ kind: 'failed', error: 'no answer' });
    for (let attempt = 0; attempt < 40; attempt += 1) {
      clock.advance(300_000);
      expect((await relay.run()).failed).toBe(2);
    }
    wire.answer = () => ({ kind: 'delivered' });
    clock.advance(300_000);
    expect((await relay.run()).succeeded).toBe(2);
  });

  it('parks what its subscriber refuses, alarms, and delivers its neighbours', async () => {
    const [good, bad] = [randomUUID(), randomUUID()];
    await append(bad);
    await append(good);
    wire.answer = (destination, events) =>
      destination === 'studio' && events.some(({ aggregateid }) => aggregateid === bad)
        ? { kind: 'refused', error: 'HTTP 400' }
        : { kind: 'delivered' };
    await relay.run();
    expect(wire.to('studio').map(({ aggregateid }) => aggregateid)).toEqual([good]);
    expect(logger.alarms).toMatchObject([{ subscriber: 'studio', reason: 'HTTP 400' }]);
    clock.advance(DAY_MS);
    expect((await relay.run()).processed).toBe(0);
  });

  it('tries what is parked again, once a day at most, and alarms while anything is', async () => {
    const parkedEvents = app.get(ParkedEvents);
    wire.answer = () => ({ kind: 'delivered' });
    clock.advance(DAY_MS);
    await parkedEvents.run();
    await relay.run();
    const id = randomUUID();
    await append(id);
    wire.answer = () => ({ kind: 'refused', error: 'HTTP 400' });
    await relay.run();
    logger.alarms.length = logger.warnings.length = 0;
    clock.advance(DAY_MS - 1);
    expect(await parkedEvents.run()).toMatchObject({ succeeded: 0 });
    expect(logger.alarms).toEqual([{ parked: 2, alarm: true }]);
    expect(logger.warnings).toEqual([{ deliveries: { parkedLong: 2, undeliveredLong: 0 } }]);
    clock.advance(1);
    expect(await parkedEvents.run()).toMatchObject({ succeeded: 2 });
    expect((await relay.run()).failed).toBe(2);
    expect(await parkedEvents.run()).toMatchObject({ succeeded: 0 });
    clock.advance(DAY_MS);
    wire.answer = () => ({ kind: 'delivered' });
    expect(await parkedEvents.run()).toMatchObject({ succeeded: 2 });
    expect((await relay.run()).succeeded).toBe(2);
    expect(wire.to('studio').map(({ aggregateid }) => aggregateid)).toEqual(expect.arrayContaining([id]));
    logger.alarms.length = logger.warnings.length = 0;
    await parkedEvents.run();
    expect([logger.alarms, logger.warnings]).toEqual([[], []]);
  });

  it('warns of what a subscriber has not taken for five minutes', async () => {
    await append(randomUUID());
    wire.answer = () => ({ kind: 'failed', error: 'HTTP 404' });
    await relay.run();
    clock.advance(300_001);
    logger.warnings.length = 0;
    await app.get(ParkedEvents).run();
    expect(logger.warnings).toEqual([{ deliveries: { parkedLong: 0, undeliveredLong: 2 } }]);
  });

  it('delivers again what a killed relay had taken', async () => {
    await append(randomUUID());
    wire.answer = () => { throw new Error('killed'); }; // prettier-ignore
    await expect(relay.run()).rejects.toThrow('killed');
    wire.answer = () => ({ kind: 'delivered' });
    expect((await relay.run()).processed).toBe(0);
    clock.advance(60_000);
    expect((await relay.run()).succeeded).toBe(2);
  });

  it('sends at most 100 events and about 1 MB at a time', async () => {
    await fixture.db.withTenant(async (tx) => {
      for (let index = 0; index < 120; index += 1)
        await outbox.append(tx, { type: CREATED, aggregateId: 'many', data: { text: 'x'.repeat(20_000) } });
    }, TENANT);
    await relay.run();
    const sizes = wire.batches.map(({ events }) => [events.length, JSON.stringify(events).length]);
    expect(Math.max(...sizes.map(([length]) => length ?? 0))).toBeLessThanOrEqual(100);
    expect(Math.max(...sizes.map(([, bytes]) => bytes ?? 0))).toBeLessThanOrEqual(1_048_576);
    expect(wire.to('studio').map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 120 }, (_, index) => index + 1),
    );
  });

  it('does not speak for other services', async () => {
    const foreign = fixture.db.withTenant(
      (tx) => outbox.append(tx, { type: USAGE, aggregateId: 'x', data: {} }),
      TENANT,
    );
    await expect(foreign).rejects.toThrow(/does not produce/);
  });
});
