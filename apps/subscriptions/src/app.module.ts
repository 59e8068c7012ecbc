import { Module, type DynamicModule } from '@nestjs/common';
import type { SubscriptionsConfig } from './config.js';
import { PlansModule } from './plans/plans.module.js';
import { PaymentsModule } from './providers/payments.module.js';
import { RenewalsModule } from './renewals/renewals.module.js';
import { SubscriptionsModule } from './subscriptions/subscriptions.module.js';

/** Table of contents. */
@Module({})
export class AppModule {
  static register(config: SubscriptionsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [PlansModule, SubscriptionsModule, PaymentsModule.register(config), RenewalsModule],
    };
  }
}
