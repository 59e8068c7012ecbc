import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { reportOf, Sweep, type JobReport } from '@eventzr/jobs';
import { AccountTokensRepository } from '../account-tokens/account-tokens.repository.js';
import { MailOrdersRepository } from './mail-orders.repository.js';

const BATCH = 200;
const KEPT_MS = 7 * 24 * 3_600_000;

/** Brings back mails whose worker died, and forgets orders and tokens that nobody needs any more. */
@Injectable()
export class DeliverMailsSweep extends Sweep {
  readonly name = 'deliver-mails';
  readonly everyMs = 15_000;

  constructor(
    private readonly orders: MailOrdersRepository,
    private readonly tokens: AccountTokensRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const now = this.clock.now();
      const due = await this.orders.findDue(now, BATCH + 1);
      for (const order of due.slice(0, BATCH)) {
        await this.orders.requeue(order);
        tally.succeeded();
      }
      tally.remaining(Math.max(0, due.length - BATCH));
      tally.succeeded(await this.orders.purge(new Date(now.getTime() - KEPT_MS)));
      tally.succeeded(await this.tokens.purge(now));
    });
  }
}
