import { Module } from '@nestjs/common';
import { UsageModule } from '../usage/usage.module.js';
import { AbandonedBudgetHolds } from './abandoned-budget-holds.js';
import { AttemptLedger } from './attempt-ledger.js';
import { BudgetHoldsRepository } from './budget-holds.repository.js';
import { BudgetsController } from './budgets.controller.js';
import { BudgetsRepository } from './budgets.repository.js';
import { BudgetsService } from './budgets.service.js';
import { LimitedTenants } from './limited-tenants.js';
import { OldSpend } from './old-spend.js';
import { OperationSpendRepository } from './operation-spend.repository.js';

@Module({
  imports: [UsageModule],
  controllers: [BudgetsController],
  providers: [
    AbandonedBudgetHolds,
    AttemptLedger,
    BudgetHoldsRepository,
    BudgetsRepository,
    BudgetsService,
    LimitedTenants,
    OldSpend,
    OperationSpendRepository,
  ],
  exports: [AttemptLedger, AbandonedBudgetHolds, OldSpend],
})
export class BudgetsModule {}
