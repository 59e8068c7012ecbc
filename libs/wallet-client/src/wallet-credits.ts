import { Inject, Injectable } from '@nestjs/common';
import type { SqlTx } from '@eventzr/db';
import { AppLogger, currentPrincipal } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import {
  Credits,
  type CreditQuote,
  type CreditRequest,
  type OpenOperation,
  type SettlementOutcome,
} from './credits.js';
import { OperationOpener } from './operation-opener.js';
import { Settlements, type EndingOperation } from './settlements.js';
import { WalletApi } from './wallet-api.js';
import { walletChoice } from './wallet-choice.js';
import { walletFault } from './wallet-faults.js';

/** Credits as the wallet service keeps them. */
@Injectable()
export class WalletCredits extends Credits {
  constructor(
    @Inject(Operations) private readonly operations: Operations,
    @Inject(OperationOpener) private readonly opener: OperationOpener,
    @Inject(Settlements) private readonly settlements: Settlements,
    @Inject(WalletApi) private readonly wallet: WalletApi,
    @Inject(AppLogger) private readonly logger: AppLogger,
  ) {
    super();
  }

  open(request: CreditRequest): Promise<OpenOperation> {
    return this.opener.open(request, this.operations.current());
  }

  // Called while another error is on its way to the caller, which it must not replace: what fails here is left to the sweep.
  async release(operation: OpenOperation): Promise<void> {
    const { fence } = this.operations.current();
    await this.settlements
      .giveUp(currentPrincipal().tenantId, operation, { fence })
      .catch((error: unknown) => {
        this.logger.error(
          { err: error, operationId: operation.operationId },
          'A hold could not be released at once',
        );
      });
  }

  markHeld(tx: SqlTx, operation: EndingOperation): Promise<void> {
    return this.settlements.keepHeld(tx, operation);
  }

  settle(tx: SqlTx, operation: EndingOperation, outcome: SettlementOutcome): Promise<void> {
    return this.settlements.settle(tx, operation, outcome);
  }

  async quote(credits: number): Promise<CreditQuote> {
    const { tenantId, userId, roles } = currentPrincipal();
    const request = { tenantId, userId, roles, walletChoice: walletChoice(), amount: credits };
    const { walletId, kind, available, sufficient } = await this.wallet
      .quote(request)
      .catch((error: unknown) => {
        throw walletFault(error);
      });
    return { wallet: { id: walletId, kind, available }, sufficient };
  }
}
