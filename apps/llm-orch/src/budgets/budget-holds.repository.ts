import { Injectable } from '@nestjs/common';
import { LlmOrchDb } from '../llm-orch.db.js';
import type { LlmOrchTx } from '../llm-orch.db.js';

/** The limit that a hold would have passed. */
export interface BudgetRefusal {
  readonly scope: 'tenant' | 'each_user' | 'user';
  readonly period: 'day' | 'month';
  readonly limitMicroUsd: number;
  readonly leftMicroUsd: number;
}

export interface NewBudgetHold {
  readonly tenantId: string;
  readonly userId: string;
  readonly id: string;
  readonly microUsd: number;
  /** The UTC day on which it counts, `2026-11-27`. */
  readonly day: string;
  readonly expiresAt: Date;
}

interface RefusalRow {
  readonly scope: BudgetRefusal['scope'];
  readonly period: BudgetRefusal['period'];
  readonly limit_micro_usd: string;
  readonly left_micro_usd: string;
}

/** The only file that touches `budget_holds`, through functions that keep them and `budget_windows` in step. */
@Injectable()
export class BudgetHoldsRepository {
  constructor(private readonly db: LlmOrchDb) {}

  /**
   * Holds in every limited window, in the current transaction, or answers the limit that is too small: then nothing is
   * held.
   */
  async hold(hold: NewBudgetHold): Promise<BudgetRefusal | undefined> {
    const { tenantId, userId, id, microUsd, day, expiresAt } = hold;
    const [row] = await this.db.statement<RefusalRow>({
      name: 'budget-hold',
      text: `
        SELECT scope, period, limit_micro_usd, left_micro_usd
          FROM hold_budget($1::uuid, $2::uuid, $3::uuid, $4::bigint, $5::date, $6::timestamptz)`,
      values: [tenantId, userId, id, microUsd, day, expiresAt],
    });
    if (row === undefined) return undefined;
    const { scope, period } = row;
    return {
      scope,
      period,
      limitMicroUsd: Number(row.limit_micro_usd),
      leftMicroUsd: Number(row.left_micro_usd),
    };
  }

  /** Ends a hold at what was spent, in the current transaction; of one that ended before nothing changes. */
  async settle(tenantId: string, id: string, costMicroUsd: number): Promise<void> {
    await this.db.statement({
      name: 'budget-settle',
      text: 'SELECT settle_budget($1::uuid, $2::uuid, $3::bigint)',
      values: [tenantId, id, costMicroUsd],
    });
  }

  /** False when it is not due or was settled meanwhile. */
  async expire(tx: LlmOrchTx, tenantId: string, id: string, now: Date): Promise<boolean> {
    const [row] = await tx.$queryRaw<{ expired: boolean }[]>`
      SELECT expire_budget_hold(${tenantId}::uuid, ${id}::uuid, ${now}::timestamptz) AS expired`;
    return row?.expired === true;
  }

  async removeExpiredBefore(tx: LlmOrchTx, before: Date): Promise<number> {
    const { count } = await tx.budgetHold.deleteMany({
      where: { state: 'expired', expiresAt: { lt: before } },
    });
    return count;
  }
}
