import { HttpErrors } from '@eventzr/http';
import { PaymentProvider, type ChargeOutcome } from './payment-provider.js';

/** Nobody moves money: invoices stay open, and no period that costs something is ever granted. */
export class AbsentPaymentProvider extends PaymentProvider {
  readonly name = 'none';

  charge(): Promise<ChargeOutcome> {
    return Promise.reject(HttpErrors.PROVIDER_NOT_CONFIGURED({ setting: 'PAYMENT_PROVIDER' }));
  }
}
