import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { LlmOrchTx } from '../llm-orch.db.js';

/** The only file that touches `operation_spend`. */
@Injectable()
export class OperationSpendRepository {
  constructor(private readonly clock: Clock) {}

  /** Adds `microUsd` to what the operation has committed; false, and nothing added, when that would exceed the ceiling. */
  async commit(
    tx: LlmOrchTx,
    tenantId: string,
    operationId: string,
    microUsd: number,
    ceilingMicroUsd: number,
  ): Promise<boolean> {
    const changed = await tx.$executeRaw`
      INSERT INTO operation_spend AS spend (tenant_id, operation_id, committed_micro_usd, updated_at)
      SELECT ${tenantId}::uuid, ${operationId}::uuid, ${microUsd}::bigint, ${this.clock.now()}::timestamptz
       WHERE ${microUsd}::bigint <= ${ceilingMicroUsd}::bigint
      ON CONFLICT (tenant_id, operation_id) DO UPDATE
         SET committed_micro_usd = spend.committed_micro_usd + excluded.committed_micro_usd, updated_at = excluded.updated_at
       WHERE spend.committed_micro_usd + excluded.committed_micro_usd <= ${ceilingMicroUsd}::bigint`;
    return changed === 1;
  }

  /** Takes back what turned out not to be spent. */
  async giveBack(tx: LlmOrchTx, operationId: string, microUsd: number): Promise<void> {
    await tx.$executeRaw`
      UPDATE operation_spend
         SET committed_micro_usd = committed_micro_usd - ${microUsd}::bigint, updated_at = ${this.clock.now()}::timestamptz
       WHERE operation_id = ${operationId}::uuid`;
  }

  async committed(tx: LlmOrchTx, operationId: string): Promise<number> {
    const row = await tx.operationSpend.findFirst({ where: { operationId } });
    return Number(row?.committedMicroUsd ?? 0);
  }

  async removeOlderThan(tx: LlmOrchTx, before: Date): Promise<number> {
    const { count } = await tx.operationSpend.deleteMany({ where: { updatedAt: { lt: before } } });
    return count;
  }
}
