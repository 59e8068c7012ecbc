import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import { AppLogger } from '@eventzr/http';
import { reportOf, Sweep, type JobReport } from '@eventzr/jobs';
import { SWEEP_PAGE, workThrough } from '../jobs/work-through.js';
import { WalletDb } from '../wallet.db.js';
import { BALANCE_LOW, BALANCE_UPDATED, type BalanceUpdated } from '../wallet.events.js';
import { BalancesRepository, type Balance, type ChangedWallet } from './balances.repository.js';

/** Tells others of balances that moved: the state once per run, not every movement. */
@Injectable()
export class PublishBalances extends Sweep {
  readonly name = 'publish-balances';
  readonly everyMs = 2_000;

  constructor(
    private readonly balances: BalancesRepository,
    private readonly db: WalletDb,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    const until = this.clock.now();
    return reportOf(this.name, this.clock, (tally) =>
      workThrough(
        { tally, logger: this.logger, what: 'A balance could not be published' },
        (after: ChangedWallet | undefined) => this.balances.list(until, after, SWEEP_PAGE),
        ({ tenant_id, wallet_id }) => this.publish(tenant_id, wallet_id),
      ),
    );
  }

  private publish(tenantId: string, walletId: string): Promise<boolean> {
    return this.db.withTenant(async (tx) => {
      const balance = await this.balances.take(tx, walletId);
      if (balance === undefined) return false;
      const data = eventData(tenantId, walletId, balance);
      await this.outbox.append(tx, { type: BALANCE_UPDATED, aggregateId: walletId, data });
      const thresholdCredits = Number(balance.thresholdCredits);
      const low = data.available < thresholdCredits;
      if (low && !balance.lowTold) {
        const lowData = { ...data, thresholdCredits, fullCredits: Number(balance.fullCredits) };
        await this.outbox.append(tx, { type: BALANCE_LOW, aggregateId: walletId, data: lowData });
      }
      if (low !== balance.lowTold) await this.balances.setLowTold(tx, tenantId, walletId, low);
      return true;
    }, tenantId);
  }
}

function eventData(tenantId: string, walletId: string, balance: Balance): BalanceUpdated {
  const { kind, ownerId, available, held, frozen } = balance;
  return {
    tenantId,
    walletId,
    kind,
    ownerId,
    available: Number(available),
    held: Number(held),
    currency: 'credits',
    frozen,
  };
}
