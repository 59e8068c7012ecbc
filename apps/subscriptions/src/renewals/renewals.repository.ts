import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { JobPool } from '@eventzr/db';
import { SubscriptionsDb } from '../subscriptions.db.js';
import { RenewalEvents } from './renewal-events.js';

/** Which row, of whom. */
export interface Found {
  readonly tenantId: string;
  readonly id: string;
}

/** A claimed subscription: its row stays locked until the batch ends. */
export interface DueRenewal {
  readonly tenantId: string;
  readonly id: string;
  readonly anchorLocalMs: number;
  readonly zone: string;
  readonly intervalUnit: 'month' | 'year';
  readonly intervalCount: number;
  readonly periodIndex: number;
  readonly periodEnd: Date;
}

export interface RenewalBill {
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly periodIndex: number;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly invoiceId: string;
  readonly paymentId: string;
  readonly eventId: string;
}

export interface PaymentDue {
  readonly tenantId: string;
  readonly paymentId: string;
  readonly invoiceId: string;
  readonly attempt: number;
  readonly amountCents: number;
  readonly currency: string;
  readonly paymentMethod: string | null;
}

export interface PaymentResult {
  readonly tenantId: string;
  readonly paymentId: string;
  readonly succeeded: boolean;
  readonly provider: string;
  readonly reference: string | null;
  readonly declineCode: string | null;
  readonly nextRetryAt: Date | null;
  readonly eventId: string;
  readonly transitionId: string;
}

const DUE = `status = 'active' AND collecting_invoice_id IS NULL AND NOT cancel_at_period_end AND next_run_at <= $1`;

/** Renewals in sets: found by the job role, worked on by the app role under each tenant, one call per step. */
@Injectable()
export class RenewalsRepository {
  constructor(
    private readonly db: SubscriptionsDb,
    private readonly jobs: JobPool,
    private readonly clock: Clock,
    private readonly events: RenewalEvents,
  ) {}

  /** Due subscriptions after `after`, by tenant, so that a batch has few of them. */
  findDue(now: Date, after: Found | undefined, limit: number): Promise<Found[]> {
    return this.jobs.query(
      `SELECT tenant_id AS "tenantId", id FROM subscriptions
        WHERE ${DUE} AND ($2::uuid IS NULL OR (tenant_id, id) > ($2, $3)) ORDER BY tenant_id, id LIMIT $4`,
      [now, after?.tenantId ?? null, after?.id ?? null, limit],
    );
  }

  async countDue(now: Date): Promise<number> {
    const [row] = await this.jobs.query<{ count: string }>(
      `SELECT count(*) FROM subscriptions WHERE ${DUE}`,
      [now],
    );
    return Number(row?.count ?? 0);
  }

  findAbandoned(now: Date, limit: number): Promise<Found[]> {
    return this.jobs.query(
      `SELECT tenant_id AS "tenantId", id FROM payments WHERE status = 'pending' AND lease_until <= $1
        ORDER BY tenant_id, id LIMIT $2`,
      [now, limit],
    );
  }

  /**
   * One transaction: locks what is due of `found`, turns each into the bill that `draft` makes of it, advances the periods and
   * issues the invoices.
   * @returns how many were claimed, and which payments they ask for
   */
  async bill(
    found: readonly Found[],
    leaseUntil: Date,
    draft: (due: DueRenewal) => RenewalBill,
  ): Promise<{ claimed: DueRenewal[]; payments: PaymentDue[] }> {
    const now = this.clock.now();
    const client = await this.db.pool.connect();
    try {
      await client.query('BEGIN');
      const claimed = await client.query<DueRenewal>(
        `SELECT tenant_id AS "tenantId", id, anchor_local_ms AS "anchorLocalMs", zone, interval_unit AS "intervalUnit",
                interval_count AS "intervalCount", period_index AS "periodIndex", period_end AS "periodEnd"
           FROM claim_due_renewals($1::jsonb, $2)`,
        [byTenant(found), now],
      );
      const bills = byTenant(claimed.rows.map(draft));
      const payments = await client.query<PaymentRow>(
        `SELECT ${PAYMENT_COLUMNS} FROM bill_periods($1::jsonb, $2, $3, $4, $5::text[])`,
        [bills, now, leaseUntil, this.events.traceparent, this.events.succeeded],
      );
      await client.query('COMMIT');
      return { claimed: claimed.rows, payments: payments.rows.map(toPaymentDue) };
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }

  /** Takes over payments whose process never came back. */
  async claimAbandoned(found: readonly Found[], leaseUntil: Date): Promise<PaymentDue[]> {
    const { rows } = await this.db.pool.query<PaymentRow>(
      `SELECT ${PAYMENT_COLUMNS} FROM claim_abandoned_payments($1::jsonb, $2, $3)`,
      [byTenant(found), this.clock.now(), leaseUntil],
    );
    return rows.map(toPaymentDue);
  }

  /** Records how payments ended; answers how many of them were still pending. */
  async settle(results: readonly PaymentResult[]): Promise<number> {
    const { rows } = await this.db.pool.query<{ settled: number }>(
      'SELECT settle_payments($1::jsonb, $2, $3, $4::text[], $5::text[]) AS settled',
      [
        byTenant(results),
        this.clock.now(),
        this.events.traceparent,
        this.events.succeeded,
        this.events.failed,
      ],
    );
    return rows[0]?.settled ?? 0;
  }

  /** Marks a subscription that has more missed periods than one run makes up for. */
  async flagBacklog({ tenantId, id }: Found): Promise<void> {
    const backlogFlaggedAt = this.clock.now();
    await this.db.withTenant(
      (tx) =>
        tx.subscription.updateMany({ where: { id, backlogFlaggedAt: null }, data: { backlogFlaggedAt } }),
      tenantId,
    );
  }
}

const PAYMENT_COLUMNS = `tenant_id AS "tenantId", payment_id AS "paymentId", invoice_id AS "invoiceId", attempt,
  amount_cents AS "amountCents", currency, payment_method AS "paymentMethod"`;

/** bigint arrives as text. */
interface PaymentRow extends Omit<PaymentDue, 'amountCents'> {
  readonly amountCents: string;
}

function toPaymentDue(row: PaymentRow): PaymentDue {
  return { ...row, amountCents: Number(row.amountCents) };
}

/** A batch as its functions take it: an object from tenant to rows. */
function byTenant(rows: readonly { readonly tenantId: string }[]): string {
  const groups: Record<string, object[]> = {};
  for (const row of rows) (groups[row.tenantId] ??= []).push(row);
  return JSON.stringify(groups);
}
