import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Outbox } from '@eventzr/events';
import { AppLogger, CatalogueError, currentContext, currentPrincipal, HttpErrors } from '@eventzr/http';
import { LlmOrchDb } from '../llm-orch.db.js';
import type { LlmBudgetExceeded, LlmInferenceFailed } from '../llm-orch.events.js';
import { budgetExceededBy, failedBy } from './reported-errors.js';

const REPORTS_PER_BATCH = 100;

/** A call as reports name it: whom it was meant for, and what for. */
export interface ReportedCall {
  readonly provider: { readonly name: string };
  readonly model: string;
  readonly useCase: string;
}

type Report = { readonly aggregateId: string } & (
  | { readonly type: 'eventzr.llm.budget.exceeded.v1'; readonly data: LlmBudgetExceeded }
  | { readonly type: 'eventzr.llm.inference.failed.v1'; readonly data: LlmInferenceFailed }
);

/** Tells the world of calls that a limit in USD refused or stopped, and of those that no model answered. */
@Injectable()
export class CallReports implements BeforeApplicationShutdown {
  private readonly waiting: Report[] = [];
  private writing: Promise<void> | undefined;

  constructor(
    private readonly db: LlmOrchDb,
    private readonly outbox: Outbox,
    private readonly logger: AppLogger,
  ) {}

  /** Does the work of a call; what it throws is told, where that is news. */
  async watched<T>(call: ReportedCall, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.tell(error, call);
      throw error;
    }
  }

  /** Tells of one error beside the call; of what callers did wrong, or broke off themselves, nothing. */
  tell(error: unknown, call: ReportedCall, action: LlmBudgetExceeded['action'] = 'rejected'): void {
    if (!(error instanceof CatalogueError) || currentContext()?.signal.aborted === true) return;
    const { tenantId, userId } = currentPrincipal();
    const { provider, model, useCase } = call;
    const about = { tenantId, userId, provider: provider.name, model, useCase };
    if (error.entry.code === HttpErrors.BUDGET_EXCEEDED.entry.code) {
      const data = { ...about, action, ...budgetExceededBy(error) };
      this.add({ type: 'eventzr.llm.budget.exceeded.v1', aggregateId: userId, data });
      return;
    }
    const failure = failedBy(error);
    if (failure === undefined) return;
    const data = { ...about, ...failure };
    this.add({ type: 'eventzr.llm.inference.failed.v1', aggregateId: `${provider.name}/${model}`, data });
  }

  /** Resolves when all that was told until now is written. */
  async flush(): Promise<void> {
    await this.writing;
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.flush();
  }

  private add(report: Report): void {
    this.waiting.push(report);
    this.writing ??= this.writeAll().finally(() => {
      this.writing = undefined;
    });
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, REPORTS_PER_BATCH);
      for (const [tenantId, reports] of Map.groupBy(batch, ({ data }) => data.tenantId))
        await this.write(tenantId, reports);
    }
  }

  private async write(tenantId: string, reports: readonly Report[]): Promise<void> {
    await this.db
      .withTenant(async (tx) => {
        for (const report of reports) await this.outbox.append(tx, { ...report, tenantId });
      }, tenantId)
      .catch((error: unknown) =>
        this.logger.error({ err: error, reports: reports.length }, 'refused or failed calls were not told'),
      );
  }
}
