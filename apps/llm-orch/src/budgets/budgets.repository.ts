import { Injectable } from '@nestjs/common';
import type { Budget, BudgetWindow, Prisma } from '../generated/prisma/client.js';
import type { LlmOrchTx } from '../llm-orch.db.js';

export type BudgetRow = Budget;
export type BudgetWindowRow = BudgetWindow;
export type NewBudget = Prisma.BudgetUncheckedCreateInput;

/** The only file that touches `budgets`, and the one that reads `budget_windows`. */
@Injectable()
export class BudgetsRepository {
  list(tx: LlmOrchTx) {
    return tx.budget.findMany({ orderBy: [{ scope: 'asc' }, { subjectId: 'asc' }, { period: 'asc' }] });
  }

  async any(tx: LlmOrchTx): Promise<boolean> {
    return (await tx.budget.findFirst({ select: { scope: true } })) !== null;
  }

  /** The windows that contain the day. */
  windows(tx: LlmOrchTx, day: Date, month: Date) {
    const current = [
      { period: 'day', startsOn: day },
      { period: 'month', startsOn: month },
    ];
    return tx.budgetWindow.findMany({ where: { OR: current } });
  }

  async replace(tx: LlmOrchTx, budgets: readonly NewBudget[]): Promise<void> {
    await tx.budget.deleteMany({});
    await tx.budget.createMany({ data: [...budgets] });
  }

  /** Forgets windows that were not counted while there was no budget; those with calls under way stay. */
  async closeWindows(tx: LlmOrchTx): Promise<void> {
    await tx.budgetWindow.deleteMany({ where: { heldMicroUsd: 0 } });
  }

  /**
   * Opens the windows of whoever has spent something and has none yet, so that a limit set today also counts what was
   * spent before it.
   */
  async openWindows(tx: LlmOrchTx, tenantId: string, day: string): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO budget_windows (tenant_id, subject_id, period, starts_on, spent_micro_usd, held_micro_usd)
      SELECT ${tenantId}::uuid, s.subject_id, p.period, p.starts_on, sum(i.cost_micro_usd), 0
        FROM (VALUES ('day', ${day}::date), ('month', date_trunc('month', ${day}::date)::date)) AS p (period, starts_on)
        JOIN inferences i ON i.created_at >= (p.starts_on::timestamp AT TIME ZONE 'UTC')
       CROSS JOIN LATERAL (VALUES (${tenantId}::uuid), (i.user_id)) AS s (subject_id)
       GROUP BY s.subject_id, p.period, p.starts_on
      ON CONFLICT DO NOTHING`;
  }
}
