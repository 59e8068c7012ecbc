import { Injectable } from '@nestjs/common';
import type { Prisma } from '../generated/prisma/client.js';
import type { LlmOrchTx } from '../llm-orch.db.js';

/** The only file that touches `inferences`. */
@Injectable()
export class InferencesRepository {
  async insert(tx: LlmOrchTx, inference: Prisma.InferenceUncheckedCreateInput): Promise<void> {
    await tx.inference.createMany({ data: [inference] });
  }
}
