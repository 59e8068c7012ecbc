import type { Provider } from '@nestjs/common';
import { Clock, HouseConfig } from '@eventzr/config';
import { AppLogger, ServiceIdentity } from '@eventzr/http';
import { DirectTransport } from './direct-transport.js';
import { EventTransport } from './event-transport.js';
import { Inbox } from './inbox.js';
import { MessageBroker } from './message-broker.js';
import { KafkaListener } from './kafka-listener.js';
import { KafkaTransport } from './kafka-transport.js';
import { sourceOf } from './subscriptions.js';

/** How events travel: over Kafka where there are brokers, else from service to service. */
export const transportProviders: Provider[] = [
  {
    provide: MessageBroker,
    useFactory: ({ kafkaBrokers }: HouseConfig, { name }: ServiceIdentity) =>
      openBroker(kafkaBrokers, sourceOf(name)),
    inject: [HouseConfig, ServiceIdentity],
  },
  {
    provide: EventTransport,
    useFactory: (broker: MessageBroker | null, config: HouseConfig, identity: ServiceIdentity) =>
      broker === null ? new DirectTransport(config, identity) : new KafkaTransport(broker),
    inject: [MessageBroker, HouseConfig, ServiceIdentity],
  },
  {
    provide: KafkaListener,
    useFactory: (
      broker: MessageBroker | null,
      inbox: Inbox,
      identity: ServiceIdentity,
      clock: Clock,
      logger: AppLogger,
    ) => (broker === null ? null : new KafkaListener(broker, inbox, identity, clock, logger)),
    inject: [MessageBroker, Inbox, ServiceIdentity, Clock, AppLogger],
  },
];

// The client is loaded only where it is needed: it is not small.
async function openBroker(brokers: string | undefined, clientId: string): Promise<MessageBroker | null> {
  if (brokers === undefined) return null;
  const { KafkaBroker } = await import('./kafka-broker.js');
  return new KafkaBroker(brokers, clientId);
}
