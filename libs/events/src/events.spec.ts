import { randomUUID } from 'node:crypto';
import { Global, Injectable, Module, type INestApplicationContext, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock, HouseConfig, ManualClock } from '@eventzr/config';
import { Connections, Database, JobPool, PgJobPool, type SqlTx } from '@eventzr/db';
import { AppLogger, CatalogueError, ServiceIdentity } from '@eventzr/http';
import { JobRunner, JobsModule } from '@eventzr/jobs';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';
import type { CloudEvent } from './cloud-event.js';
import { EventHandler } from './event-handler.js';
import { EventRelay } from './event-relay.js';
import { EventTransport, type DeliveryOutcome } from './event-transport.js';
import { EventsModule } from './events.module.js';
import { Inbox } from './inbox.js';
import { LostEvents } from './lost-events.js';
import { OldEvents } from './old-events.js';
import { Outbox } from './outbox.js';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-0000-0000-000000000001';
const CREATED = 'eventzr.vault.asset.created.v1';
const USAGE = 'eventzr.llm.usage.v1';
const PLAN = 'eventzr.subscription.upgraded.v1';
const DAY_MS = 86_400_000;

class MemoryLogger extends AppLogger {
  readonly alarms: object[] = [];
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(facts: { alarm?: boolean }): void {
    if (facts.alarm === true) this.alarms.push(facts);
  }
}

/** Stands for the subscribers at the other end of the wire. */
class Wire extends EventTransport {
  readonly batches: { destination: string; events: CloudEvent[] }[] = [];
  answer: (destination: string, events: readonly CloudEvent[]) => DeliveryOutcome = () => ({
    kind: 'delivered',
  });

  destinations(type: string): string[] {
    return type === CREATED ? ['studio', 'wallet'] : [];
  }

  deliver(destination: string, events: readonly CloudEvent[]): Promise<DeliveryOutcome> {
    const outcome = this.answer(destination, events);
    if (outcome.kind === 'delivered') this.batches.push({ destination, events: [...events] });
    return Promise.resolve(outcome);
  }

  to(destination: string): CloudEvent[] {
    return this.batches.filter((batch) => batch.destination === destination).flatMap(({ events }) => events);
  }
}

@Injectable()
class CountUsage extends EventHandler {
  readonly type = USAGE;
  broken = false;

  async run({ data }: CloudEvent, tx: SqlTx): Promise<void> {
    await tx.$executeRaw`INSERT INTO notes (tenant_id, id, text) VALUES (platform.current_tenant(), ${randomUUID()}::uuid, ${String(data['text'])})`;
    if (this.broken) throw new Error('broken on purpose');
  }
}

@Injectable()
class KeepPlan extends EventHandler {
  readonly type = 'eventzr.subscription.*';
  override readonly latestOnly = true;
  readonly seen: number[] = [];

  run({ sequence }: CloudEvent): Promise<void> {
    this.seen.push(sequence);
    return Promise.resolve();
  }
}

describe('events', () => {
  const clock = new ManualClock();
  const wire = new Wire();
  const logger = new MemoryLogger();
  let fixture: FixtureService;
  let app: INestApplicationContext;
  let outbox: Outbox;
  let relay: EventRelay;
  let inbox: Inbox;

  beforeAll(async () => {
    fixture = await startFixture();
    const house: Provider[] = [
      { provide: Clock, useValue: clock },
      { provide: AppLogger, useValue: logger },
      { provide: HouseConfig, useValue: new HouseConfig() },
      {
        provide: ServiceIdentity,
        useValue: { name: 'vault', title: 'Vault', version: '0' } satisfies ServiceIdentity,
      },
      { provide: Connections, useValue: fixture.connections },
      { provide: Database, useValue: fixture.db },
      { provide: JobPool, useValue: new PgJobPool(fixture.connections) },
    ];
    @Global()
    @Module({ providers: house, exports: house })
    class House {}
    @Module({ imports: [House, JobsModule, EventsModule.with(wire)], providers: [CountUsage, KeepPlan] })
    class App {}
    app = await NestFactory.createApplicationContext(App, { logger: false, abortOnError: false });
    [outbox, relay, inbox] = [app.get(Outbox), app.get(EventRelay), app.get(Inbox)];
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
    app.get(KeepPlan).seen.length = 0;
    app.get(CountUsage).broken = false;
  });

  const append = (aggregateId: string, data: object = {}, tenantId = TENANT): Promise<void> =>
    fixture.db.withTenant((tx) => outbox.append(tx, { type: CREATED, aggregateId, data }), tenantId);
  const notesCalled = (text: string, tenantId = TENANT): Promise<number> =>
    fixture.db.withTenant((tx) => tx.note.count({ where: { text } }), tenantId);

  describe('outbox and relay', () => {
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

  describe('inbox', () => {
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

    it.each([
      ['another service', 'wallet-svc', {}],
      ['a service in the name of the producer', 'wallet-svc', { source: 'wallet-svc' }],
      ['a producer in another name', 'llm-orch-svc', { source: 'wallet-svc' }],
    ])('refuses %s, and stores nothing of the batch', async (_, sender, change) => {
      const [good, forged] = [event(), event(change)];
      const refusal = await inbox.receive(sender, [good, forged]).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(CatalogueError);
      expect((refusal as CatalogueError).entry.code).toBe('FORBIDDEN');
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
});
