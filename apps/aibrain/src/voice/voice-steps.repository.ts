import { Injectable } from '@nestjs/common';
import { currentPrincipal } from '@eventzr/http';
import type { AiBrainTx } from '../aibrain.db.js';

export type VoiceStepName = 'stt' | 'brain' | 'tts';

export interface VoiceStepRow {
  readonly step: string;
  readonly reservedMicroUsd: bigint;
  readonly finished: boolean;
}

/** The only file that touches `voice_steps`. One living process works on an operation: its claim is fenced. */
@Injectable()
export class VoiceStepsRepository {
  async list(tx: AiBrainTx, operationId: string): Promise<VoiceStepRow[]> {
    return tx.voiceStep.findMany({ where: { operationId } });
  }

  /** What the step may have cost by now. */
  async put(
    tx: AiBrainTx,
    operationId: string,
    { step, reservedMicroUsd, finished }: VoiceStepRow,
    createdAt: Date,
  ): Promise<void> {
    const { tenantId } = currentPrincipal();
    const facts = { reservedMicroUsd, finished };
    await tx.voiceStep.upsert({
      where: { tenantId_operationId_step: { tenantId, operationId, step } },
      create: { tenantId, operationId, step, createdAt, ...facts },
      update: facts,
    });
  }

  /** Those of an operation that has ended, and of the tenant's operations that nobody can repeat any more. */
  async forget(tx: AiBrainTx, operationId: string, before: Date): Promise<void> {
    await tx.voiceStep.deleteMany({ where: { OR: [{ operationId }, { createdAt: { lt: before } }] } });
  }
}
