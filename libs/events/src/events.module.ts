import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { HouseConfig } from '@eventzr/config';
import { ServiceIdentity } from '@eventzr/http';
import { DeliveryStore } from './delivery-store.js';
import { DirectTransport } from './direct-transport.js';
import { EventRelay } from './event-relay.js';
import { EventTransport } from './event-transport.js';
import { EventsController } from './events.controller.js';
import { HandleEvent } from './handle-event.js';
import { Inbox } from './inbox.js';
import { LostEvents } from './lost-events.js';
import { OldEvents } from './old-events.js';
import { Outbox, PostgresOutbox } from './outbox.js';

/** Outbox, relay and inbox of a service. Event handlers need no registration: they are found among the providers. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [EventsController],
  providers: [
    {
      provide: EventTransport,
      useFactory: (config: HouseConfig, identity: ServiceIdentity) => new DirectTransport(config, identity),
      inject: [HouseConfig, ServiceIdentity],
    },
    PostgresOutbox,
    { provide: Outbox, useExisting: PostgresOutbox },
    DeliveryStore,
    EventRelay,
    Inbox,
    HandleEvent,
    LostEvents,
    OldEvents,
  ],
  exports: [Outbox, EventTransport, EventRelay, Inbox],
})
export class EventsModule {}
