import { Injectable } from '@nestjs/common';
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
  readonly limit_micro_usd: bigint;
  readonly left_micro_usd: bigint;
}

/** The only file that touches `budget_holds`, through functions that keep them and `budget_windows` in step. */
@Injectable()
export class BudgetHoldsRepository {
  /** Holds in every limited window, or answers the limit that is too small: then nothing is held. */
  async hold(tx: LlmOrchTx, hold: NewBudgetHold): Promise<BudgetRefusal | undefined> {
    const [row] = await tx.$queryRaw<RefusalRow[]>`
      SELECT scope, period, limit_micro_usd, left_micro_usd
        FROM hold_budget(${hold.tenantId}::uuid, ${hold.userId}::uuid, ${hold.id}::uuid, ${hold.microUsd}::bigint, ${hold.day}::date, ${hold.expiresAt}::timestamptz)`;
    if (row === undefined) return undefined;
    const { scope, period } = row;
    return {
      scope,
      period,
      limitMicroUsd: Number(row.limit_micro_usd),
      leftMicroUsd: Number(row.left_micro_usd),
    };
  }

  /** Ends a hold at what was spent; of one that ended before nothing changes. */
  async settle(tx: LlmOrchTx, tenantId: string, id: string, costMicroUsd: number): Promise<void> {
    await tx.$queryRaw`SELECT settle_budget(${tenantId}::uuid, ${id}::uuid, ${costMicroUsd}::bigint)`;
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
