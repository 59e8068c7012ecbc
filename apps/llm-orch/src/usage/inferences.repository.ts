import { Injectable } from '@nestjs/common';
import type { Prisma } from '../generated/prisma/client.js';
import type { LlmOrchTx } from '../llm-orch.db.js';

/** What is kept of one paid call. */
export type UsageRecord = Prisma.InferenceUncheckedCreateInput & { readonly costMicroUsd: bigint };

/** The file that writes `inferences`; reports read them in `usage-reports.repository.ts`. */
@Injectable()
export class InferencesRepository {
  async insert(tx: LlmOrchTx, records: readonly UsageRecord[]): Promise<void> {
    // A batch whose commit was not heard of is written again.
    await tx.inference.createMany({ data: [...records], skipDuplicates: true });
  }

  /** Removes at most `most` rows that are older; answers how many. */
  async removeOlderThan(tx: LlmOrchTx, before: Date, most: number): Promise<number> {
    return tx.$executeRaw`
      DELETE FROM inferences WHERE id IN (SELECT id FROM inferences WHERE created_at < ${before}::timestamptz LIMIT ${most})`;
  }
}
