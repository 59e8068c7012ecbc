import { Module } from '@nestjs/common';
import { BudgetsModule } from '../budgets/budgets.module.js';
import { ReportsModule } from '../reports/reports.module.js';
import { RoutingModule } from '../routing/routing.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { CallPayment } from './call-payment.js';
import { ModelCalls } from './model-calls.js';

/** What embeddings, rerank and moderations have in common. */
@Module({
  imports: [BudgetsModule, RoutingModule, UsageModule, ReportsModule],
  providers: [CallPayment, ModelCalls],
  exports: [ModelCalls],
})
export class CallsModule {}
