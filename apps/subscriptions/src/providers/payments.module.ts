import { Module, type DynamicModule } from '@nestjs/common';
import type { SubscriptionsConfig } from '../config.js';
import { AbsentPaymentProvider } from './absent-payment-provider.js';
import { LocalPaymentProvider } from './local/local-payment-provider.js';
import { PaymentProvider } from './payment-provider.js';

/** Picks who moves money. Test cards are for the embedded mode alone, whatever the setting says. */
@Module({})
export class PaymentsModule {
  static register(config: Pick<SubscriptionsConfig, 'embedded' | 'paymentProvider'>): DynamicModule {
    const useFactory = () =>
      config.embedded && config.paymentProvider !== 'off'
        ? new LocalPaymentProvider()
        : new AbsentPaymentProvider();
    return {
      module: PaymentsModule,
      global: true,
      providers: [{ provide: PaymentProvider, useFactory }],
      exports: [PaymentProvider],
    };
  }
}
