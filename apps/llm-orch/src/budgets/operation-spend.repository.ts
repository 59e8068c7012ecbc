import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { LlmOrchDb } from '../llm-orch.db.js';
import type { LlmOrchTx } from '../llm-orch.db.js';

interface CommitRow {
  readonly committed: boolean;
}

/** The only file that touches `operation_spend`. */
@Injectable()
export class OperationSpendRepository {
  constructor(
    private readonly db: LlmOrchDb,
    private readonly clock: Clock,
  ) {}

  /**
   * Adds `microUsd` to what the operation has committed, in the current transaction or, outside of one, in its own;
   * false, and nothing added, when that would exceed the ceiling.
   */
  async commit(
    tenantId: string,
    operationId: string,
    microUsd: number,
    ceilingMicroUsd: number,
  ): Promise<boolean> {
    const query = {
      name: 'operation-spend-commit',
      text: 'SELECT commit_operation_spend($1, $2, $3, $4, $5) AS committed',
      values: [tenantId, operationId, microUsd, ceilingMicroUsd, this.clock.now()],
    };
    const rows = this.db.inTransaction()
      ? await this.db.statement<CommitRow>(query)
      : (await this.db.pool.query<CommitRow>(query)).rows;
    return rows[0]?.committed === true;
  }

  /** Takes back, in the current transaction, what turned out not to be spent. */
  async giveBack(operationId: string, microUsd: number): Promise<void> {
    await this.db.statement({
      name: 'operation-spend-give-back',
      text: `
        UPDATE operation_spend SET committed_micro_usd = committed_micro_usd - $2::bigint, updated_at = $3::timestamptz
         WHERE operation_id = $1::uuid`,
      values: [operationId, microUsd, this.clock.now()],
    });
  }

  /** What the operation has committed, as the current transaction sees it. */
  async committed(operationId: string): Promise<number> {
    const [row] = await this.db.statement<{ committed_micro_usd: string }>({
      name: 'operation-spend-committed',
      text: 'SELECT committed_micro_usd FROM operation_spend WHERE operation_id = $1::uuid',
      values: [operationId],
    });
    return Number(row?.committed_micro_usd ?? 0);
  }

  async removeOlderThan(tx: LlmOrchTx, before: Date): Promise<number> {
    const { count } = await tx.operationSpend.deleteMany({ where: { updatedAt: { lt: before } } });
    return count;
  }
}
