import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { AppLogger, HttpErrors } from '@eventzr/http';
import type { CloudEvent } from './cloud-event.js';
import type { Inbox } from './inbox.js';
import { KafkaBroker } from './kafka-broker.js';
import { MessageBroker, type BrokerMessage, type BrokerSubscription } from './message-broker.js';
import { KafkaListener } from './kafka-listener.js';
import { KafkaTransport } from './kafka-transport.js';

const event = (change: Partial<CloudEvent> = {}): CloudEvent => ({
  specversion: '1.0',
  id: randomUUID(),
  type: 'eventzr.subscription.upgraded.v1',
  source: 'subscriptions-svc',
  subject: '00000000-0000-0000-0000-000000000001',
  time: '2026-01-15T09:00:00.000Z',
  datacontenttype: 'application/json',
  sequence: 1,
  aggregateid: 'a',
  data: {},
  ...change,
});

/** Kafka in memory: topics, and what was taken from them and committed. */
class MemoryBroker extends MessageBroker {
  readonly sent: BrokerMessage[] = [];
  readonly subscriptions: {
    group: string;
    topics: readonly string[];
    take: (value: string) => Promise<void>;
    end: PromiseWithResolvers<void>;
  }[] = [];
  known = ['eventzr.subscription.upgraded.v1', 'eventzr.wallet.balance.updated.v1'];
  isDown = false;

  send(messages: readonly BrokerMessage[]): Promise<void> {
    if (this.isDown) return Promise.reject(new Error('no broker'));
    this.sent.push(...messages);
    return Promise.resolve();
  }

  topics(): Promise<string[]> {
    return Promise.resolve(this.known);
  }

  subscribe(
    group: string,
    topics: readonly string[],
    take: (value: string) => Promise<void>,
  ): Promise<BrokerSubscription> {
    const end = Promise.withResolvers<void>();
    this.subscriptions.push({ group, topics, take, end });
    return Promise.resolve({ ended: end.promise, close: () => Promise.resolve(end.resolve()) });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

class MemoryLogger extends AppLogger {
  readonly errors: object[] = [];
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(facts: object): void {
    this.errors.push(facts);
  }
}

describe('Kafka', () => {
  let broker: MemoryBroker;

  beforeEach(() => {
    broker = new MemoryBroker();
  });

  describe('transport', () => {
    it('publishes each event in structured form, keyed by tenant, on the topic of its type', async () => {
      const events = [event(), event({ type: 'transform.queued' }), event({ type: 'kg.node.created' })];
      const transport = new KafkaTransport(broker);
      expect(transport.destinations()).toEqual(['kafka']);
      expect(await transport.deliver('kafka', events)).toEqual({ kind: 'delivered' });
      expect(broker.sent.map(({ topic, key, headers }) => [topic, key, headers['ce-type']])).toEqual([
        ['eventzr.subscription.upgraded.v1', events[0]?.subject, 'eventzr.subscription.upgraded.v1'],
        ['vault.transforms', events[0]?.subject, 'transform.queued'],
        ['kg.events', events[0]?.subject, 'kg.node.created'],
      ]);
      expect(broker.sent.map(({ value }) => JSON.parse(value) as unknown)).toEqual(events);
    });

    it('fails, without throwing, while the brokers are away', async () => {
      broker.isDown = true;
      expect(await new KafkaTransport(broker).deliver('kafka', [event()])).toEqual({
        kind: 'failed',
        error: 'no broker',
      });
    });

    it('fails in the same way over the real client when nobody listens', async () => {
      const real = new KafkaBroker('127.0.0.1:1', 'spec');
      expect((await new KafkaTransport(real).deliver('kafka', [event()])).kind).toBe('failed');
      await real.close();
    });
  });

  describe('listener', () => {
    let received: CloudEvent[];
    let logger: MemoryLogger;
    let listener: KafkaListener;
    let receive: (sender: string, events: readonly CloudEvent[]) => Promise<unknown>;

    beforeEach(() => {
      received = [];
      logger = new MemoryLogger();
      receive = (_, events) => Promise.resolve(received.push(...events));
      const inbox = {
        receive: (sender: string, events: CloudEvent[]) => receive(sender, events),
      } as unknown as Inbox; // all it uses
      listener = new KafkaListener(
        broker,
        inbox,
        { name: 'auth', title: '', version: '' },
        new ManualClock(),
        logger,
      );
    });

    it('subscribes, as its own group, to the existing topics of its patterns, and to new ones later', async () => {
      await listener.run();
      await listener.run();
      broker.known.push('eventzr.subscription.cancelled.v1');
      await listener.run();
      expect(broker.subscriptions.map(({ group, topics }) => [group, topics])).toEqual([
        ['auth-svc', ['eventzr.subscription.upgraded.v1']],
        ['auth-svc', ['eventzr.subscription.cancelled.v1', 'eventzr.subscription.upgraded.v1']],
      ]);
    });

    it('subscribes again after its subscription ended', async () => {
      await listener.run();
      broker.subscriptions[0]?.end.reject(new Error('lost'));
      await new Promise((resolve) => setImmediate(resolve));
      await listener.run();
      expect(broker.subscriptions).toHaveLength(2);
    });

    it('hands events to the inbox', async () => {
      await listener.run();
      const sent = event();
      await broker.subscriptions[0]?.take(JSON.stringify(sent));
      expect(received).toEqual([sent]);
    });

    it.each([
      ['no JSON', '{'],
      ['no CloudEvent', '{}'],
      ['text that no table holds', JSON.stringify(event({ data: { name: 'a\0b' } }))],
      ['a time that is a week', JSON.stringify(event({ time: '2026-W03-4' }))],
    ])('passes over %s with an alarm', async (_, value) => {
      await listener.run();
      await broker.subscriptions[0]?.take(value);
      expect(logger.errors).toMatchObject([{ alarm: true }]);
      expect(received).toEqual([]);
    });

    it('passes over an event of a wrong producer, and keeps one that cannot be stored now', async () => {
      await listener.run();
      receive = () => Promise.reject(HttpErrors.FORBIDDEN());
      await broker.subscriptions[0]?.take(JSON.stringify(event()));
      expect(logger.errors).toHaveLength(1);
      receive = () => Promise.reject(new Error('database away'));
      await expect(broker.subscriptions[0]?.take(JSON.stringify(event()))).rejects.toThrow('database away');
    });
  });
});
