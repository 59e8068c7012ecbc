import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { AiBrainTx } from '../aibrain.db.js';
import { AiBrainDb } from '../aibrain.db.js';
import type { StageBounds } from './voice-bounds.js';
import type { VoiceStepName, VoiceStepRow } from './voice-steps.repository.js';
import { VoiceStepsRepository } from './voice-steps.repository.js';

/** Longer than a key is kept. */
const KEPT_MS = 48 * 3_600_000;

/**
 * What the steps of a spoken turn may have cost by now, over all attempts of the same request. Written before each
 * step: one whose outcome nobody knows counts at its bound, and again when it is repeated; a finished one is replayed.
 */
@Injectable()
export class VoiceSpending {
  constructor(
    private readonly db: AiBrainDb,
    private readonly steps: VoiceStepsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Reserves for a step.
   * @param room what all steps together may cost, in micro-USD
   * @returns false when the step would go beyond that
   */
  async reserve(operationId: string, step: VoiceStepName, microUsd: number, room: number): Promise<boolean> {
    return this.db.withTenant(async (tx) => {
      const rows = await this.steps.list(tx, operationId);
      const known = rows.find((row) => row.step === step);
      if (known?.finished === true) return true;
      const spent = rows.reduce((sum, row) => sum + Number(row.reservedMicroUsd), 0);
      if (spent + microUsd > room) return false;
      const reserved = Number(known?.reservedMicroUsd ?? 0n) + microUsd;
      await this.put(tx, operationId, { step, reservedMicroUsd: BigInt(reserved), finished: false });
      return true;
    });
  }

  /**
   * What the gateway may spend: all that is left besides what the spoken answer takes, and takes once more where its
   * first outcome gets lost and the rest still covers the answer. The gateway keeps a sum of its own over all attempts,
   * so that a repeated attempt gets what the first one got and no more. Undefined: nothing is left.
   */
  async reserveForBrain(
    operationId: string,
    room: number,
    { answer, speech }: StageBounds,
  ): Promise<number | undefined> {
    return this.db.withTenant(async (tx) => {
      const rows = await this.steps.list(tx, operationId);
      const known = rows.find(({ step }) => step === 'brain');
      if (known !== undefined) return Number(known.reservedMicroUsd);
      const spent = rows.reduce((sum, row) => sum + Number(row.reservedMicroUsd), 0);
      const spare = room - spent - speech.maxCostMicroUsd;
      const again = Math.max(0, Math.min(speech.maxCostMicroUsd, spare - answer.maxCostMicroUsd));
      const left = spare - again;
      if (left < 1) return undefined;
      await this.put(tx, operationId, { step: 'brain', reservedMicroUsd: BigInt(left), finished: false });
      return left;
    });
  }

  /** What was reserved for it last was `boundMicroUsd`; what it cost is known. */
  async settle(
    operationId: string,
    step: VoiceStepName,
    boundMicroUsd: number,
    costMicroUsd: number,
    finished: boolean,
  ): Promise<void> {
    await this.db.withTenant(async (tx) => {
      const known = (await this.steps.list(tx, operationId)).find((row) => row.step === step);
      if (known === undefined || known.finished) return;
      const reserved = Math.max(0, Number(known.reservedMicroUsd) - boundMicroUsd + costMicroUsd);
      await this.put(tx, operationId, { step, reservedMicroUsd: BigInt(reserved), finished });
    });
  }

  /** In the transaction that ends the operation. */
  forget(tx: AiBrainTx, operationId: string): Promise<void> {
    return this.steps.forget(tx, operationId, new Date(this.clock.now().getTime() - KEPT_MS));
  }

  private put(tx: AiBrainTx, operationId: string, row: VoiceStepRow): Promise<void> {
    return this.steps.put(tx, operationId, row, this.clock.now());
  }
}
