import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { reportOf, Sweep, type JobReport, type JobTally } from '@eventzr/jobs';
import { backoffMs } from './backoff.js';
import { batchesOf } from './batches.js';
import { DeliveryStore, type Delivery, type DeliveryResult } from './delivery-store.js';
import { EventTransport, type DeliveryOutcome } from './event-transport.js';
import { grouped } from './grouped.js';

const ROUNDS_PER_RUN = 20;

/** Brings the outbox to its subscribers. Several may run at once; a destination that is down delays only itself. */
@Injectable()
export class EventRelay extends Sweep {
  readonly name = 'event-relay';
  readonly everyMs = 1_000;

  constructor(
    private readonly store: DeliveryStore,
    private readonly transport: EventTransport,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const down = new Set<string>();
      for (let round = 0; round < ROUNDS_PER_RUN; round += 1) {
        const { fence, deliveries } = await this.store.claim([...down]);
        if (deliveries.length === 0) return;
        const lanes = grouped(deliveries, ({ destination }) => destination);
        const sent = [...lanes].map(([destination, lane]) => this.sendLane(destination, lane, fence, tally));
        for (const unreachable of await Promise.all(sent))
          if (unreachable !== undefined) down.add(unreachable);
      }
    });
  }

  // Batches of a destination go one after the other; after a failure the rest keeps its place and waits.
  private async sendLane(
    destination: string,
    lane: Delivery[],
    fence: string,
    tally: JobTally,
  ): Promise<string | undefined> {
    let failure: DeliveryOutcome | undefined;
    for (const batch of batchesOf(lane)) {
      const outcomes =
        failure === undefined
          ? await this.send(destination, batch)
          : batch.map(() => failure as DeliveryOutcome);
      failure = outcomes.find(({ kind }) => kind === 'failed');
      await this.store.finish(
        fence,
        batch.map((delivery, index) => this.resultOf(delivery, outcomes[index], tally)),
      );
    }
    return failure === undefined ? undefined : destination;
  }

  // A refused batch is sent event by event, so that one bad event does not take its neighbours along.
  private async send(destination: string, batch: readonly Delivery[]): Promise<DeliveryOutcome[]> {
    const outcome = await this.transport.deliver(
      destination,
      batch.map(({ event }) => event),
    );
    if (outcome.kind !== 'refused' || batch.length === 1) return batch.map(() => outcome);
    const outcomes: DeliveryOutcome[] = [];
    for (const { event } of batch) {
      const earlier = outcomes.find(({ kind }) => kind === 'failed');
      outcomes.push(earlier ?? (await this.transport.deliver(destination, [event])));
    }
    return outcomes;
  }

  private resultOf(
    delivery: Delivery,
    outcome: DeliveryOutcome | undefined,
    tally: JobTally,
  ): DeliveryResult {
    const row = { tenantId: delivery.tenantId, eventId: delivery.event.id, subscriber: delivery.destination };
    if (outcome?.kind === 'delivered') {
      tally.succeeded();
      return { ...row, outcome: 'delivered' };
    }
    tally.failed();
    const error = outcome?.error ?? 'not attempted';
    if (outcome?.kind === 'refused') {
      this.logger.error(
        { ...row, type: delivery.event.type, reason: error, alarm: true },
        'event refused by its subscriber and parked',
      );
      return { ...row, outcome: 'parked', error };
    }
    const nextAttemptAt = new Date(this.clock.now().getTime() + backoffMs(delivery.attempts)).toISOString();
    return { ...row, outcome: 'due', nextAttemptAt, error };
  }
}
