import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { reportOf, type JobReport, type JobTally } from '@eventzr/jobs';
import { SubscriptionsConfig } from '../config.js';
import { boundary } from './calendar.js';
import { Collection } from './collection.js';
import { RenewalsRepository } from './renewals.repository.js';
import type { DueRenewal, Found, PaymentDue, RenewalBill } from './renewals.repository.js';

/** So many missed periods of one subscription are made up for in one run, the oldest first. */
export const MOST_MISSED_PERIODS = 12;
/** So many batches are worked on at once: Postgres has more than one core. */
const LANES = 2;
/** After this time a payment whose outcome nobody recorded is asked for again, under the same key. */
const PAYMENT_LEASE_MS = 5 * 60_000;

interface Run {
  readonly tally: JobTally;
  readonly stopAt: number;
  /** What failed by itself is left for the next run. */
  readonly broken: Set<string>;
}

/** Bills every period exactly once, however often and however many times at once it is asked to. */
@Injectable()
export class RenewalsService {
  constructor(
    private readonly renewals: RenewalsRepository,
    private readonly collection: Collection,
    private readonly config: SubscriptionsConfig,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  processRenewals(): Promise<JobReport> {
    return reportOf('process-renewals', this.clock, async (tally) => {
      const run: Run = {
        tally,
        stopAt: performance.now() + this.config.renewalRunSeconds * 1000,
        broken: new Set(),
      };
      await this.collectAbandoned(tally);
      // Each round bills one period of everything due; what is due again afterwards has missed more than one.
      for (let round = 1; round <= MOST_MISSED_PERIODS; round += 1) {
        if (!(await this.billOnePeriod(run))) break;
        if (round === MOST_MISSED_PERIODS) await this.flagBacklogs(run);
      }
      tally.remaining(await this.renewals.countDue(this.clock.now()));
    });
  }

  /** Answers whether anything was billed. */
  private async billOnePeriod(run: Run): Promise<boolean> {
    let any = false;
    let after: Found | undefined;
    while (performance.now() < run.stopAt) {
      const size = this.config.renewalBatchSize;
      const found = await this.renewals.findDue(this.clock.now(), after, size * LANES);
      if (found.length === 0) return any;
      const due = found.filter(({ id }) => !run.broken.has(id));
      const batches = Array.from({ length: LANES }, (_, lane) => due.slice(lane * size, (lane + 1) * size));
      const billed = await Promise.all(batches.map((batch) => this.billBatch(batch, run)));
      any = any || billed.includes(true);
      after = found.at(-1);
    }
    return false;
  }

  /** A batch that fails is repeated one by one, so that a single bad row does not hold back its neighbours. */
  private async billBatch(found: readonly Found[], run: Run): Promise<boolean> {
    if (found.length === 0) return false;
    try {
      const { claimed, payments } = await this.renewals.bill(found, this.leaseUntil(), draftBill);
      run.tally.skipped(found.length - claimed.length);
      run.tally.succeeded(claimed.length - payments.length);
      await this.collect(payments, run.tally);
      return claimed.length > 0;
    } catch (error) {
      if (found.length > 1) return this.billSingly(found, run);
      this.logger.error({ err: error, ...found[0] }, 'renewal failed');
      for (const { id } of found) run.broken.add(id);
      run.tally.failed();
      return false;
    }
  }

  private async billSingly(found: readonly Found[], run: Run): Promise<boolean> {
    let any = false;
    for (const one of found) any = (await this.billBatch([one], run)) || any;
    return any;
  }

  private async collectAbandoned(tally: JobTally): Promise<void> {
    for (;;) {
      const found = await this.renewals.findAbandoned(this.clock.now(), this.config.renewalBatchSize);
      if (found.length === 0) return;
      await this.collect(await this.renewals.claimAbandoned(found, this.leaseUntil()), tally);
    }
  }

  private async collect(payments: readonly PaymentDue[], tally: JobTally): Promise<void> {
    const results = await this.collection.charge(payments);
    if (results.length > 0) await this.renewals.settle(results);
    const paid = results.filter(({ succeeded }) => succeeded).length;
    tally.succeeded(paid);
    tally.failed(payments.length - paid);
  }

  private async flagBacklogs(run: Run): Promise<void> {
    const behind = await this.renewals.findDue(this.clock.now(), undefined, this.config.renewalBatchSize);
    for (const found of behind.filter(({ id }) => !run.broken.has(id))) {
      this.logger.warn({ ...found }, 'subscription has more missed periods than one run makes up for');
      await this.renewals.flagBacklog(found);
    }
  }

  private leaseUntil(): Date {
    return new Date(this.clock.now().getTime() + PAYMENT_LEASE_MS);
  }
}

function draftBill(due: DueRenewal): RenewalBill {
  const periodIndex = due.periodIndex + 1;
  const anchor = {
    localMs: due.anchorLocalMs,
    zone: due.zone,
    unit: due.intervalUnit,
    count: due.intervalCount,
  };
  return {
    tenantId: due.tenantId,
    subscriptionId: due.id,
    periodIndex,
    periodStart: due.periodEnd,
    periodEnd: boundary(anchor, periodIndex + 1),
    invoiceId: newId(),
    paymentId: newId(),
    eventId: newId(),
  };
}
