import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import { reportOf, Sweep, type JobReport } from '@eventzr/jobs';
import { WalletDb } from '../wallet.db.js';
import { BALANCE_LOW, BALANCE_UPDATED, type BalanceUpdated } from '../wallet.events.js';
import { BalancesRepository, type Balance } from './balances.repository.js';

const PAGE = 500;
const LOW_SHARE = 0.2;

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
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const changed = await this.balances.list(PAGE + 1);
      for (const { tenant_id, wallet_id } of changed.slice(0, PAGE)) {
        if (await this.publish(tenant_id, wallet_id)) tally.succeeded();
        else tally.skipped();
      }
      tally.remaining(Math.max(0, changed.length - PAGE));
    });
  }

  private publish(tenantId: string, walletId: string): Promise<boolean> {
    return this.db.withTenant(async (tx) => {
      const balance = await this.balances.take(tx, walletId);
      if (balance === undefined) return false;
      const data = eventData(tenantId, walletId, balance);
      await this.outbox.append(tx, { type: BALANCE_UPDATED, aggregateId: walletId, data });
      const thresholdCredits = Math.floor(Number(balance.fullCredits) * LOW_SHARE);
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
