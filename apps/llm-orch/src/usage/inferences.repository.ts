import { Injectable } from '@nestjs/common';
import type { Prisma } from '../generated/prisma/client.js';
import type { LlmOrchTx } from '../llm-orch.db.js';
import { LlmOrchDb } from '../llm-orch.db.js';

/** What is kept of one paid call. */
export type UsageRecord = Required<Prisma.InferenceUncheckedCreateInput> & { readonly costMicroUsd: bigint };

/** Columns by the names that records have. */
const COLUMNS = {
  tenantId: 'tenant_id uuid',
  id: 'id uuid',
  userId: 'user_id uuid',
  operationId: 'operation_id uuid',
  parentOperationId: 'parent_operation_id uuid',
  provider: 'provider text',
  requestedProvider: 'requested_provider text',
  model: 'model text',
  useCase: 'use_case text',
  inputTokens: 'input_tokens int',
  outputTokens: 'output_tokens int',
  cachedTokens: 'cached_tokens int',
  usageSource: 'usage_source text',
  costMicroUsd: 'cost_micro_usd bigint',
  priceVersion: 'price_version text',
  creditsHeld: 'credits_held int',
  creditsCharged: 'credits_charged int',
  finishReason: 'finish_reason text',
  latencyMs: 'latency_ms int',
  cacheWriteTokens: 'cache_write_tokens int',
  reasoningTokens: 'reasoning_tokens int',
  attempts: 'attempts int',
  streamed: 'streamed boolean',
  cached: 'cached boolean',
  createdAt: 'created_at timestamptz',
} satisfies Record<keyof UsageRecord, string>;

const NAMES = Object.values(COLUMNS).map((column) => column.split(' ')[0]);
const READ = Object.entries(COLUMNS).map(([name, column]) => `"${name}" ${column.split(' ')[1]}`);
const INSERT = `
  INSERT INTO inferences (${NAMES.join(', ')})
  SELECT ${Object.keys(COLUMNS)
    .map((name) => `"${name}"`)
    .join(', ')}
    FROM jsonb_to_recordset($1::jsonb) AS record (${READ.join(', ')})
  ON CONFLICT DO NOTHING`;

/** The file that writes `inferences`; reports read them in `usage-reports.repository.ts`. */
@Injectable()
export class InferencesRepository {
  constructor(private readonly db: LlmOrchDb) {}

  /** Writes a batch in the current transaction. One whose commit was not heard of is written again. */
  async insert(records: readonly UsageRecord[]): Promise<void> {
    const rows = records.map((record) => ({ ...record, costMicroUsd: String(record.costMicroUsd) }));
    await this.db.statement({ name: 'inferences-insert', text: INSERT, values: [JSON.stringify(rows)] });
  }

  /** Removes at most `most` rows that are older; answers how many. */
  async removeOlderThan(tx: LlmOrchTx, before: Date, most: number): Promise<number> {
    return tx.$executeRaw`
      DELETE FROM inferences WHERE id IN (SELECT id FROM inferences WHERE created_at < ${before}::timestamptz LIMIT ${most})`;
  }
}
