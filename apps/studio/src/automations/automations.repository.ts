import { Injectable } from '@nestjs/common';
import { JobPool } from '@eventzr/db';
import type { Prisma } from '../generated/prisma/client.js';
import type { AutomationModel, AutomationRunModel } from '../generated/prisma/models.js';
import type { StudioTx } from '../studio.db.js';

export type AutomationRow = AutomationModel;
export type AutomationRun = AutomationRunModel;

/** An event that something waits for. */
export interface WaitingEvent {
  readonly tenantId: string;
  readonly id: string;
}

/** How a run ended. */
export interface RunEnd {
  readonly state: 'submitted' | 'refused';
  readonly jobId?: string;
  readonly errorCode?: string;
  readonly finishedAt: Date;
}

/** The only file that touches `automations` and `automation_runs`. */
@Injectable()
export class AutomationsRepository {
  constructor(private readonly finder: JobPool) {}

  find(tx: StudioTx): Promise<AutomationRow | null> {
    return tx.automation.findFirst();
  }

  put(tx: StudioTx, { tenantId, ...change }: Prisma.AutomationUncheckedCreateInput): Promise<AutomationRow> {
    return tx.automation.upsert({ where: { tenantId }, create: { tenantId, ...change }, update: change });
  }

  async addRuns(tx: StudioTx, data: Prisma.AutomationRunCreateManyInput[]): Promise<void> {
    await tx.automationRun.createMany({ data, skipDuplicates: true });
  }

  waiting(tx: StudioTx, eventId: string): Promise<AutomationRun[]> {
    return tx.automationRun.findMany({ where: { eventId, state: 'waiting' }, orderBy: { kind: 'asc' } });
  }

  /** Events of all tenants for which something is still to be made since before `before`. */
  findWaiting(before: Date, limit: number): Promise<WaitingEvent[]> {
    return this.finder.query<WaitingEvent>(
      `SELECT tenant_id AS "tenantId", event_id AS id FROM automation_runs
       WHERE state = 'waiting' AND created_at < $1
       GROUP BY tenant_id, event_id ORDER BY min(created_at) LIMIT $2`,
      [before, limit],
    );
  }

  /** The job that an earlier attempt submitted under this operation. */
  async findJob(tx: StudioTx, operationId: string): Promise<string | undefined> {
    const job = await tx.renderJob.findFirst({ where: { operationId }, select: { id: true } });
    return job?.id;
  }

  /** False: it had ended. */
  async end(tx: StudioTx, { eventId, kind }: AutomationRun, end: RunEnd): Promise<boolean> {
    const { count } = await tx.automationRun.updateMany({
      where: { eventId, kind, state: 'waiting' },
      data: end,
    });
    return count === 1;
  }
}
