import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { reportOf, Sweep } from '@eventzr/jobs';
import type { FindingView, ReconcileReportView } from './reconciliation.dto.js';
import { ReconciliationRepository, type Finding } from './reconciliation.repository.js';

const MOST_LISTED = 100;

/** Checks every invariant of every ledger. It reports and changes nothing: nothing freezes by itself. */
@Injectable()
export class Reconcile extends Sweep {
  readonly name = 'reconcile';
  readonly everyMs = 3_600_000;

  constructor(
    private readonly ledgers: ReconciliationRepository,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  async run(): Promise<ReconcileReportView> {
    const violations: FindingView[] = [];
    const warnings: FindingView[] = [];
    const report = await reportOf(this.name, this.clock, async (tally) => {
      for (const { tenant_id, wallets } of await this.ledgers.tenants()) {
        const findings = await this.ledgers.findings(tenant_id);
        const broken = findings.filter(({ severity }) => severity === 'violation');
        violations.push(...broken.map(viewOf));
        warnings.push(...findings.filter(({ severity }) => severity === 'warning').map(viewOf));
        tally.failed(broken.length);
        tally.succeeded(Math.max(0, wallets - new Set(broken.map(({ walletId }) => walletId)).size));
      }
    });
    for (const violation of violations) this.logger.error({ violation }, 'The ledger breaks a rule');
    if (warnings.length > 0)
      this.logger.warn({ warnings: warnings.length }, 'Holds are open past their time');
    return {
      ...report,
      violations: violations.slice(0, MOST_LISTED),
      warnings: warnings.slice(0, MOST_LISTED),
    };
  }
}

function viewOf({ severity: _known, ...finding }: Finding): FindingView {
  return finding;
}
