import type { CloudEvent } from './cloud-event.js';
import { EventTransport, type DeliveryOutcome } from './event-transport.js';
import type { MessageBroker } from './message-broker.js';
import { topicOf } from './subscriptions.js';

const DESTINATION = 'kafka';

/** Publishes every event, whoever may listen: one message each, keyed by tenant. */
export class KafkaTransport extends EventTransport {
  constructor(private readonly broker: MessageBroker) {
    super();
  }

  destinations(): readonly string[] {
    return [DESTINATION];
  }

  async deliver(_destination: string, events: readonly CloudEvent[]): Promise<DeliveryOutcome> {
    const messages = events.map((event) => ({
      topic: topicOf(event.type),
      key: event.subject,
      value: JSON.stringify(event),
      headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8', 'ce-type': event.type },
    }));
    try {
      await this.broker.send(messages);
      return { kind: 'delivered' };
    } catch (error) {
      return { kind: 'failed', error: error instanceof Error ? error.message.slice(0, 200) : 'no answer' };
    }
  }
}
