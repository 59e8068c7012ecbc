export interface BrokerMessage {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A running subscription; `ended` settles when it stopped for whatever reason. */
export interface BrokerSubscription {
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** The little of Kafka that the house uses. */
export abstract class MessageBroker {
  /** Resolves when all in-sync replicas have the messages. */
  abstract send(messages: readonly BrokerMessage[]): Promise<void>;

  abstract topics(): Promise<string[]>;

  /** Hands messages over one by one, and commits each when `take` resolves. */
  abstract subscribe(
    group: string,
    topics: readonly string[],
    take: (value: string) => Promise<void>,
  ): Promise<BrokerSubscription>;

  abstract close(): Promise<void>;
}
