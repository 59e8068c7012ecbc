import { Module } from '@nestjs/common';
import { BalancesModule } from './balances/balances.module.js';
import { GrantsModule } from './grants/grants.module.js';
import { HoldsModule } from './holds/holds.module.js';
import { JobRoutesModule } from './jobs/jobs.module.js';
import { PoliciesModule } from './policies/policies.module.js';
import { ReconciliationModule } from './reconciliation/reconciliation.module.js';
import { TransactionsModule } from './transactions/transactions.module.js';
import { WalletsModule } from './wallets/wallets.module.js';

/** Wallet's table of contents. */
@Module({
  imports: [
    WalletsModule,
    TransactionsModule,
    HoldsModule,
    GrantsModule,
    PoliciesModule,
    BalancesModule,
    ReconciliationModule,
    JobRoutesModule,
  ],
})
export class AppModule {}
