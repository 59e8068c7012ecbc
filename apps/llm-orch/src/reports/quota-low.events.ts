import { Injectable } from '@nestjs/common';
import type { CloudEvent } from '@eventzr/events';
import { EventHandler, Outbox } from '@eventzr/events';
import type { LlmOrchTx } from '../llm-orch.db.js';
import type { LlmQuotaLow } from '../llm-orch.events.js';

/** As the wallet says it, once per crossing: less than a fifth is left of what there was after credits last came in. */
interface BalanceLow {
  readonly walletId: string;
  readonly kind: string;
  readonly ownerId: string;
  readonly available: number;
  readonly held: number;
  readonly thresholdCredits: number;
  readonly fullCredits: number;
}

/** The credits that pay for models run out: said when the wallet says so, which alone knows its balance. */
@Injectable()
export class QuotaLow extends EventHandler<LlmOrchTx> {
  readonly type = 'eventzr.wallet.balance.low.v1';

  constructor(private readonly outbox: Outbox) {
    super();
  }

  async run({ subject: tenantId, data: told }: CloudEvent, tx: LlmOrchTx): Promise<void> {
    const { walletId, kind, ownerId, available, held, thresholdCredits, fullCredits } =
      told as unknown as BalanceLow;
    const data: LlmQuotaLow = {
      tenantId,
      userId: kind === 'user' ? ownerId : null,
      walletId,
      availableCredits: available,
      heldCredits: held,
      thresholdCredits,
      fullCredits,
    };
    await this.outbox.append(tx, { type: 'eventzr.llm.quota.low.v1', aggregateId: walletId, tenantId, data });
  }
}
