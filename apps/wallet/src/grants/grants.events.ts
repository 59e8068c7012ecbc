import { Injectable } from '@nestjs/common';
import { EventHandler, type CloudEvent } from '@eventzr/events';
import type { WalletTx } from '../wallet.db.js';
import { GrantsRepository } from './grants.repository.js';
import { grantOf } from './subscription-grants.js';

/** A paid period brings its plan's credits, once per invoice. */
@Injectable()
export class PaymentSucceeded extends EventHandler<WalletTx> {
  readonly type = 'eventzr.subscription.payment_succeeded.v1';

  constructor(private readonly grants: GrantsRepository) {
    super();
  }

  async run(event: CloudEvent, tx: WalletTx): Promise<void> {
    const grant = grantOf(event, 'plan');
    if (grant !== undefined) await this.grants.issue(tx, grant);
  }
}

/** A trial brings its credits, once. */
@Injectable()
export class TrialStarted extends EventHandler<WalletTx> {
  readonly type = 'eventzr.subscription.trial_started.v1';

  constructor(private readonly grants: GrantsRepository) {
    super();
  }

  async run(event: CloudEvent, tx: WalletTx): Promise<void> {
    const grant = grantOf(event, 'trial');
    if (grant !== undefined) await this.grants.issue(tx, grant);
  }
}
