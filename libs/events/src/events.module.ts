import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DeliveryStore } from './delivery-store.js';
import { EventRelay } from './event-relay.js';
import { EventTransport } from './event-transport.js';
import { EventsController } from './events.controller.js';
import { HandleEvent } from './handle-event.js';
import { Inbox } from './inbox.js';
import { LostEvents } from './lost-events.js';
import { OldEvents } from './old-events.js';
import { Outbox, PostgresOutbox } from './outbox.js';
import { ParkedEvents } from './parked-events.js';
import { transportProviders } from './transport.provider.js';

/** Outbox, relay and inbox of a service. Event handlers need no registration: they are found among the providers. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [EventsController],
  providers: [
    ...transportProviders,
    PostgresOutbox,
    { provide: Outbox, useExisting: PostgresOutbox },
    DeliveryStore,
    EventRelay,
    Inbox,
    HandleEvent,
    LostEvents,
    OldEvents,
    ParkedEvents,
  ],
  exports: [Outbox, EventTransport, EventRelay, Inbox],
})
export class EventsModule {
  /** The same over another transport, e.g. one that a spec looks into. */
  static with(transport: EventTransport): DynamicModule {
    return { module: EventsModule, providers: [{ provide: EventTransport, useValue: transport }] };
  }
}
