import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigError, type HouseConfig } from '@eventzr/config';
import { ServiceClientModule } from '@eventzr/service-client';
import { Credits } from './credits.js';
import { LeaseKeeper } from './lease-keeper.js';
import { OperationOpener } from './operation-opener.js';
import { OperationStore } from './operation-store.js';
import { SettlementSender } from './settlement-sender.js';
import { SettlementStore } from './settlement-store.js';
import { Settlements } from './settlements.js';
import { ParentHolds } from './parent-holds.js';
import { OperationSweep, SettlementSweep } from './sweeps.js';
import { WalletApi } from './wallet-api.js';
import { WalletCredits } from './wallet-credits.js';

/** Gives a service that charges credits its `Credits`, and its worker the sweeps behind them. */
@Module({})
export class WalletClientModule {
  /** @throws ConfigError when the wallet's address is not configured: nothing may run unpaid */
  static register(config: HouseConfig): DynamicModule {
    if (config.walletInternalUrl === undefined)
      throw new ConfigError(["WALLET_INTERNAL_URL must be the URL of the wallet's private listener"]);
    return {
      module: WalletClientModule,
      global: true,
      imports: [ServiceClientModule],
      providers: [
        WalletApi,
        ParentHolds,
        OperationStore,
        OperationOpener,
        SettlementStore,
        SettlementSender,
        Settlements,
        LeaseKeeper,
        SettlementSweep,
        OperationSweep,
        { provide: Credits, useClass: WalletCredits },
      ],
      exports: [Credits, ParentHolds, ServiceClientModule, SettlementSweep, OperationSweep],
    };
  }
}
