import { Inject, Injectable } from '@nestjs/common';
import { AppLogger } from '@eventzr/http';
import { RemoteError, RemoteUnavailable } from '@eventzr/service-client';
import { SettlementStore, type Settlement } from './settlement-store.js';
import { WalletApi } from './wallet-api.js';
import { isFinal } from './wallet-faults.js';

/** Tells the wallet how a hold ended and keeps its answer. */
@Injectable()
export class SettlementSender {
  constructor(
    @Inject(WalletApi) private readonly wallet: WalletApi,
    @Inject(SettlementStore) private readonly store: SettlementStore,
    @Inject(AppLogger) private readonly logger: AppLogger,
  ) {}

  /** @returns false while the wallet has not answered: the sweep sends it again */
  async send(settlement: Settlement): Promise<boolean> {
    const answer = await this.tell(settlement).catch((error: unknown) => this.readFault(settlement, error));
    if (answer === undefined) return false;
    await this.store.acknowledge(settlement, answer);
    return true;
  }

  private tell({ tenantId, holdId, kind, amountCredits }: Settlement): Promise<object> {
    return kind === 'capture'
      ? this.wallet.capture(tenantId, holdId, amountCredits)
      : this.wallet.release(tenantId, holdId);
  }

  // A refusal of the ledger is an answer too: asking again would not change it, so it is kept and someone has to look
  // at it. Any other error, whatever its status, says nothing about the hold: finished work would never be charged.
  private readFault(settlement: Settlement, error: unknown): object | undefined {
    if (isFinal(error)) {
      this.logger.error({ settlement, code: error.code }, 'The wallet refused a settlement');
      return { refused: error.code, status: error.status };
    }
    if (!(error instanceof RemoteError) && !(error instanceof RemoteUnavailable)) throw error;
    this.logger.warn({ settlement, reason: error.message }, 'The wallet has not answered a settlement yet');
    return undefined;
  }
}
