import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import type { JobReport, JobTally } from '@eventzr/jobs';
import { reportOf, Sweep } from '@eventzr/jobs';
import type { DeliveryPointer } from './deliveries.repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { WebhookSender } from './webhook-sender.js';

const BATCH = 100;

/** Sends what is due and was not sent: the worker died, or its queue entry was lost. */
@Injectable()
export class DueDeliveriesSweep extends Sweep {
  readonly name = 'deliver-webhooks';
  readonly everyMs = 60_000;

  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly sender: WebhookSender,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const due = await this.deliveries.findDue(this.clock.now(), BATCH + 1);
      for (const pointer of due.slice(0, BATCH)) await this.send(pointer, tally);
      tally.remaining(Math.max(0, due.length - BATCH));
    });
  }

  private async send(pointer: DeliveryPointer, tally: JobTally): Promise<void> {
    try {
      if (await this.sender.attempt(pointer)) tally.succeeded();
      else tally.skipped();
    } catch (error) {
      this.logger.error({ err: error, deliveryId: pointer.id }, 'a webhook message could not be sent');
      tally.failed();
    }
  }
}
