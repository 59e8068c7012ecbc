import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { reportOf, Sweep, type JobReport } from '@eventzr/jobs';
import { DeliveryStore } from './delivery-store.js';

const RETRY_AFTER_MS = 86_400_000;
const LATE_AFTER_MS = 300_000;
const RETRIED_PER_RUN = 1_000;

/**
 * Lets the relay try parked deliveries again, each at most once a day: what refused them may have been a fault that is
 * mended by now. Alarms while any are parked, and warns of what waits for too long.
 */
@Injectable()
export class ParkedEvents extends Sweep {
  readonly name = 'parked-events';
  readonly everyMs = 3_600_000;

  constructor(
    private readonly store: DeliveryStore,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const now = this.clock.now().getTime();
      const { parked, parkedLong, undeliveredLong } = await this.store.waiting(new Date(now - LATE_AFTER_MS));
      if (parked > 0) this.logger.error({ parked, alarm: true }, 'events are parked');
      if (parkedLong + undeliveredLong > 0)
        this.logger.warn({ deliveries: { parkedLong, undeliveredLong } }, 'events wait for too long');
      tally.succeeded(await this.store.unpark(new Date(now - RETRY_AFTER_MS), RETRIED_PER_RUN));
    });
  }
}
