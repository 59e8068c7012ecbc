import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { SqlTx } from '@eventzr/db';
import { Operations } from '@eventzr/idempotency';
import type { Finished } from '@eventzr/idempotency';
import { Credits } from '@eventzr/wallet-client';
import type { OpenOperation } from '@eventzr/wallet-client';
import type { AttemptHold, SpendCeiling } from '../budgets/attempt-ledger.js';
import { AttemptLedger } from '../budgets/attempt-ledger.js';
import { LlmOrchConfig } from '../config.js';

/** Who pays for a call, and how its operation ends: exactly one of {@link finish} and {@link giveBack}. */
export interface CallAccount {
  readonly operationId: string;
  /** Credits held, and charged when the call succeeds. */
  readonly held: number;
  readonly deadline: Date;
  readonly ceiling: SpendCeiling | undefined;
  /** Charges, settles the attempt and stores the answer in one transaction. */
  finish(
    hold: AttemptHold,
    costMicroUsd: number,
    answer: (tx: SqlTx) => Promise<object>,
  ): Promise<Finished<object>>;
  /** Charges nothing; an attempt that was made counts at `costMicroUsd`. Never throws. */
  giveBack(hold: AttemptHold | undefined, costMicroUsd: number): Promise<void>;
}

/** Payment of calls with a fixed price; one of 0 credits needs no wallet. */
@Injectable()
export class CallPayment {
  constructor(
    private readonly credits: Credits,
    private readonly operations: Operations,
    private readonly ledger: AttemptLedger,
    private readonly clock: Clock,
    private readonly config: LlmOrchConfig,
  ) {}

  /** @throws INSUFFICIENT_CREDITS 402, UNAVAILABLE 503: nothing is held */
  async open(operation: string, credits: number, maxMicroUsd: number | undefined): Promise<CallAccount> {
    const deadline = new Date(this.clock.now().getTime() + this.config.inferenceTimeoutMs);
    const ceilingMicroUsd = maxMicroUsd === undefined ? {} : { ceilingMicroUsd: maxMicroUsd };
    const open =
      credits === 0
        ? undefined
        : await this.credits.open({ operation, credits, deadline, ...ceilingMicroUsd });
    const operationId = open?.operationId ?? this.operations.current().operationId;
    return {
      operationId,
      held: open?.credits ?? 0,
      deadline,
      ceiling: maxMicroUsd === undefined ? undefined : { operationId, maxMicroUsd },
      finish: (hold, costMicroUsd, answer) => this.finish(open, hold, costMicroUsd, answer),
      giveBack: async (hold, costMicroUsd) => {
        if (hold !== undefined) await this.ledger.settle(hold, costMicroUsd);
        if (open !== undefined) await this.credits.release(open);
      },
    };
  }

  private finish(
    open: OpenOperation | undefined,
    hold: AttemptHold,
    costMicroUsd: number,
    answer: (tx: SqlTx) => Promise<object>,
  ): Promise<Finished<object>> {
    return this.operations.finishSql(async (tx) => {
      await this.ledger.settleIn(hold, costMicroUsd);
      const told = await answer(tx);
      if (open !== undefined) await this.credits.settle(tx, open, { capture: open.credits });
      return told;
    });
  }
}
