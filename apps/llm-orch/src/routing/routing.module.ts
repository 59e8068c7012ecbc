import { Module } from '@nestjs/common';
import { BreakerModule } from '../breaker/breaker.module.js';
import { BudgetsModule } from '../budgets/budgets.module.js';
import { Attempts } from './attempts.js';
import { TenantSlots } from './tenant-slots.js';

@Module({
  imports: [BreakerModule, BudgetsModule],
  providers: [Attempts, TenantSlots],
  exports: [Attempts, TenantSlots],
})
export class RoutingModule {}
