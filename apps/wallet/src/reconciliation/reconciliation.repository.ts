import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { JobPool } from '@eventzr/db';
import { WalletDb } from '../wallet.db.js';
import type { FindingView } from './reconciliation.dto.js';

interface FindingRow {
  readonly severity: 'violation' | 'warning';
  readonly rule: string;
  readonly wallet_id: string | null;
  readonly reference: string | null;
  readonly expected: bigint;
  readonly actual: bigint;
}

export type Finding = FindingView & { readonly severity: 'violation' | 'warning' };

/** Reads whole ledgers to check them. */
@Injectable()
export class ReconciliationRepository {
  constructor(
    private readonly jobs: JobPool,
    private readonly db: WalletDb,
    private readonly clock: Clock,
  ) {}

  tenants(): Promise<{ tenant_id: string; wallets: number }[]> {
    return this.jobs.query(
      'SELECT tenant_id, count(*)::int AS wallets FROM wallets GROUP BY tenant_id ORDER BY tenant_id',
    );
  }

  /** One statement, so one snapshot: movements meanwhile cannot make a sum look wrong. */
  findings(tenantId: string): Promise<Finding[]> {
    return this.db.withTenant(async (tx) => {
      const rows = await tx.$queryRaw<FindingRow[]>`
        SELECT * FROM wallet.ledger_findings(${this.clock.now()}::timestamptz)
        UNION ALL SELECT * FROM wallet.refund_findings()`;
      return rows.map(({ severity, rule, wallet_id, reference, expected, actual }) => ({
        severity,
        tenantId,
        rule,
        walletId: wallet_id,
        reference,
        expected: Number(expected),
        actual: Number(actual),
      }));
    }, tenantId);
  }
}
