import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger, CatalogueError, parseJsonBody, ServiceIdentity, validated } from '@eventzr/http';
import { reportOf, Sweep, type JobReport } from '@eventzr/jobs';
import { CloudEventDto } from './events.dto.js';
import { Inbox } from './inbox.js';
import { MessageBroker, type BrokerSubscription } from './message-broker.js';
import { matchesType, sourceOf, subscriptionsOf, topicOf } from './subscriptions.js';

/** Hears the topics that this service subscribes to. The sweep keeps it running and finds new topics. */
@Injectable()
export class KafkaListener extends Sweep implements OnApplicationShutdown {
  readonly name = 'kafka-listener';
  readonly everyMs = 15_000;
  private current: { readonly subscription: BrokerSubscription; readonly topics: string } | undefined;

  constructor(
    private readonly broker: MessageBroker,
    private readonly inbox: Inbox,
    private readonly identity: ServiceIdentity,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async () => {
      const wanted = await this.wantedTopics();
      const topics = wanted.join();
      if (wanted.length === 0 || this.current?.topics === topics) return;
      await this.current?.subscription.close();
      const subscription = await this.broker.subscribe(sourceOf(this.identity.name), wanted, (value) =>
        this.take(value),
      );
      const current = { subscription, topics };
      this.current = current;
      void subscription.ended
        .catch((error: unknown) => this.logger.warn({ err: error }, 'kafka subscription ended'))
        .then(() => {
          if (this.current === current) this.current = undefined;
        });
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.current?.subscription.close();
    await this.broker.close();
  }

  private async wantedTopics(): Promise<string[]> {
    const patterns = subscriptionsOf(this.identity.name).map((type) =>
      type.endsWith('.*') ? type : topicOf(type),
    );
    const topics = await this.broker.topics();
    return topics.filter((topic) => patterns.some((pattern) => matchesType(pattern, topic))).sort();
  }

  // What can never be handled is logged and passed; what fails for now ends the subscription uncommitted.
  private async take(value: string): Promise<void> {
    try {
      const event = validated(CloudEventDto, parseJsonBody(Buffer.from(value)));
      await this.inbox.receive(event.source, [event]);
    } catch (error) {
      if (!(error instanceof CatalogueError && error.entry.http < 500)) throw error;
      this.logger.error({ err: error, alarm: true }, 'event refused');
    }
  }
}
