import {
  Admin,
  Consumer,
  MessagesStreamModes,
  Producer,
  stringDeserializers,
  stringSerializers,
} from '@platformatic/kafka';

import { MessageBroker, type BrokerMessage, type BrokerSubscription } from './message-broker.js';

const TIMEOUT_MS = 10_000;
const ALL_REPLICAS = -1;

/** Kafka through @platformatic/kafka. */
export class KafkaBroker extends MessageBroker {
  private readonly options;
  private readonly producer: Producer<string, string, string, string>;
  private readonly admin: Admin;

  /** @param brokers `host:port`, comma separated */
  constructor(brokers: string, clientId: string) {
    super();
    const bootstrapBrokers = brokers.split(',').map((broker) => broker.trim());
    this.options = {
      clientId,
      bootstrapBrokers,
      timeout: TIMEOUT_MS,
      connectTimeout: TIMEOUT_MS,
      retries: 1,
    };
    this.producer = new Producer({ ...this.options, serializers: stringSerializers });
    this.admin = new Admin(this.options);
  }

  async send(messages: readonly BrokerMessage[]): Promise<void> {
    await this.producer.send({ messages: [...messages], acks: ALL_REPLICAS });
  }

  topics(): Promise<string[]> {
    return this.admin.listTopics();
  }

  async subscribe(
    group: string,
    topics: readonly string[],
    take: (value: string) => Promise<void>,
  ): Promise<BrokerSubscription> {
    const consumer = new Consumer({ ...this.options, groupId: group, deserializers: stringDeserializers });
    const stream = await consumer.consume({
      topics: [...topics],
      autocommit: false,
      mode: MessagesStreamModes.COMMITTED,
    });
    const pump = async (): Promise<void> => {
      for await (const message of stream) {
        await take(message.value);
        await message.commit();
      }
    };
    const close = (): Promise<void> => consumer.close(true);
    return { ended: pump().finally(() => close().catch(() => undefined)), close };
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.producer.close(), this.admin.close()]);
  }
}
