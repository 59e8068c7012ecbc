import { randomUUID } from 'node:crypto';
import { Global, Injectable, Module, type INestApplicationContext, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Clock, HouseConfig, type ManualClock } from '@eventzr/config';
import { Connections, Database, JobPool, PgJobPool, type SqlTx } from '@eventzr/db';
import { AppLogger, ServiceIdentity } from '@eventzr/http';
import { JobsModule } from '@eventzr/jobs';
import type { CloudEvent } from './cloud-event.js';
import { EventHandler } from './event-handler.js';
import { EventTransport, type DeliveryOutcome } from './event-transport.js';
import { EventsModule } from './events.module.js';

export const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
export const OTHER = '00000000-0000-0000-0000-000000000001';
export const CREATED = 'eventzr.vault.asset.created.v1';
export const USAGE = 'eventzr.llm.usage.v1';
export const PLAN = 'eventzr.subscription.upgraded.v1';
export const DAY_MS = 86_400_000;

export class MemoryLogger extends AppLogger {
  readonly alarms: object[] = [];
  readonly warnings: object[] = [];
  debug(): void {}
  info(): void {}
  warn(facts: object): void {
    this.warnings.push(facts);
  }
  error(facts: { alarm?: boolean }): void {
    if (facts.alarm === true) this.alarms.push(facts);
  }
}

/** Stands for the subscribers at the other end of the wire. */
export class Wire extends EventTransport {
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
export class CountUsage extends EventHandler {
  readonly type = USAGE;
  broken = false;

  async run({ data }: CloudEvent, tx: SqlTx): Promise<void> {
    await tx.$executeRaw`INSERT INTO notes (tenant_id, id, text) VALUES (platform.current_tenant(), ${randomUUID()}::uuid, ${String(data['text'])})`;
    if (this.broken) throw new Error('broken on purpose');
  }
}

@Injectable()
export class KeepPlan extends EventHandler {
  readonly type = 'eventzr.subscription.*';
  override readonly latestOnly = true;
  readonly seen: number[] = [];

  run({ sequence }: CloudEvent): Promise<void> {
    this.seen.push(sequence);
    return Promise.resolve();
  }
}

export interface EventsApp {
  readonly app: INestApplicationContext;
  readonly wire: Wire;
  readonly logger: MemoryLogger;
}

/** The event parts of a service named vault, on a real database. */
export async function startEventsApp(
  connections: Connections,
  database: Database,
  clock: ManualClock,
): Promise<EventsApp> {
  const [wire, logger] = [new Wire(), new MemoryLogger()];
  const house: Provider[] = [
    { provide: Clock, useValue: clock },
    { provide: AppLogger, useValue: logger },
    { provide: HouseConfig, useValue: new HouseConfig() },
    {
      provide: ServiceIdentity,
      useValue: { name: 'vault', title: 'Vault', version: '0' } satisfies ServiceIdentity,
    },
    { provide: Connections, useValue: connections },
    { provide: Database, useValue: database },
    { provide: JobPool, useValue: new PgJobPool(connections) },
  ];
  @Global()
  @Module({ providers: house, exports: house })
  class House {}
  @Module({ imports: [House, JobsModule, EventsModule.with(wire)], providers: [CountUsage, KeepPlan] })
  class App {}
  const app = await NestFactory.createApplicationContext(App, { logger: false, abortOnError: false });
  return { app, wire, logger };
}
