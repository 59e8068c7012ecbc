import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Database, JobPool } from '@eventzr/db';
import { AppLogger } from '@eventzr/http';
import { reportOf, Sweep, type JobReport } from '@eventzr/jobs';
import { OperationStore } from './operation-store.js';
import { SettlementSender } from './settlement-sender.js';
import { SETTLEMENT_EVERY_MS, SettlementStore } from './settlement-store.js';
import { Settlements } from './settlements.js';

const PAGE = 200;
/** A sweep runs every few seconds; what lasts is told this often. */
const WARN_EVERY_MS = 300_000;

/** Sends what the wallet has not answered yet, and warns of what it refused or leaves unanswered. */
@Injectable()
export class SettlementSweep extends Sweep {
  readonly name = 'credits.settle';
  readonly everyMs = SETTLEMENT_EVERY_MS;
  private warnAgainAt = 0;

  constructor(
    @Inject(SettlementStore) private readonly store: SettlementStore,
    @Inject(SettlementSender) private readonly sender: SettlementSender,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(AppLogger) private readonly logger: AppLogger,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const due = await this.store.due(PAGE + 1);
      for (const { tenant_id, hold_id } of due.slice(0, PAGE)) {
        const settlement = await this.store.take(tenant_id, hold_id);
        if (settlement === undefined) tally.skipped();
        else if (await this.sender.send(settlement)) tally.succeeded();
        else tally.failed();
      }
      tally.remaining(Math.max(0, due.length - PAGE));
      await this.warn();
    });
  }

  private async warn(): Promise<void> {
    const now = this.clock.now().getTime();
    if (now < this.warnAgainAt) return;
    const worries = await this.store.worries();
    if (worries.refused + worries.unacknowledged === 0) return;
    this.warnAgainAt = now + WARN_EVERY_MS;
    this.logger.warn({ settlements: worries }, 'Settlements were refused or wait for too long');
  }
}

/** Gives back what operations hold whose process is gone. */
@Injectable()
export class OperationSweep extends Sweep {
  readonly name = 'credits.release-abandoned';
  readonly everyMs = SETTLEMENT_EVERY_MS;

  constructor(
    @Inject(JobPool) private readonly jobs: JobPool,
    @Inject(Database) private readonly database: Database,
    @Inject(OperationStore) private readonly store: OperationStore,
    @Inject(Settlements) private readonly settlements: Settlements,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const before = this.clock.now();
      const due = await this.jobs.query<{ tenant_id: string; id: string }>(
        `SELECT tenant_id, id FROM platform.credit_operations
          WHERE state = 'reserving' AND lease_until < $1 ORDER BY lease_until LIMIT $2`,
        [before, PAGE + 1],
      );
      for (const { tenant_id, id } of due.slice(0, PAGE)) {
        const holdId = await this.database.withTenant((tx) => this.store.holdOf(tx, id), tenant_id);
        const released =
          holdId !== undefined &&
          (await this.settlements.giveUp(tenant_id, { operationId: id, holdId }, { before }));
        if (released) tally.succeeded();
        else tally.skipped();
      }
      tally.remaining(Math.max(0, due.length - PAGE));
    });
  }
}
