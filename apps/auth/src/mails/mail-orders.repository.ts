import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { JobPool } from '@eventzr/db';
import { JobQueue, newLease, type JobPayload, type Lease } from '@eventzr/jobs';
import { AuthDb } from '../auth.db.js';
import type { MailOrder, MailWish } from './mail-order.js';

/** The job that brings one mail on its way. */
export const SEND_MAIL = 'mails.send';

const LEASE_MS = 60_000;

export interface ClaimedOrder {
  readonly order: MailOrder;
  readonly lease: Lease;
}

@Injectable()
export class MailOrdersRepository {
  constructor(
    private readonly db: AuthDb,
    private readonly queue: JobQueue,
    private readonly jobs: JobPool,
    private readonly clock: Clock,
  ) {}

  /** Orders a mail, in the caller's transaction if there is one: it goes out exactly if that commits. */
  async place({ tenantId, kind, email }: MailWish): Promise<void> {
    const id = newId(this.clock);
    const now = this.clock.now();
    await this.db.withTenant(async (tx) => {
      await tx.$executeRaw`
        INSERT INTO mail_orders (tenant_id, id, kind, email, next_attempt_at, created_at)
        VALUES (${tenantId}::uuid, ${id}::uuid, ${kind}, ${email}, ${now}::timestamptz, ${now}::timestamptz)`;
      await this.queue.enqueue(tx, SEND_MAIL, { tenantId, id }, { jobKey: keyOf(id) });
    }, tenantId);
  }

  /** Takes a due order for one attempt; undefined when it is not due, or somebody else has it. */
  claim({ tenantId, id }: JobPayload): Promise<ClaimedOrder | undefined> {
    const lease = newLease(this.clock, LEASE_MS);
    const now = this.clock.now();
    return this.db.withTenant(async (tx) => {
      const rows = await tx.$queryRaw<MailOrder[]>`
        UPDATE mail_orders
           SET attempts = attempts + 1, lease_fence = ${lease.fence}::uuid, lease_until = ${lease.until}::timestamptz
         WHERE id = ${id}::uuid AND state = 'due' AND next_attempt_at <= ${now}::timestamptz
           AND (lease_until IS NULL OR lease_until <= ${now}::timestamptz)
        RETURNING tenant_id AS "tenantId", id, kind, email, attempts, created_at AS "createdAt"`;
      return rows[0] === undefined ? undefined : { order: rows[0], lease };
    }, tenantId);
  }

  /** Ends an order, which forgets the address; nothing changes when the lease was lost meanwhile. */
  async end(
    { order: { tenantId, id }, lease }: ClaimedOrder,
    state: 'sent' | 'skipped' | 'failed',
    error: string | null,
  ): Promise<void> {
    await this.db.withTenant(
      (tx) => tx.$executeRaw`
        UPDATE mail_orders
           SET state = ${state}, email = '', ended_at = ${this.clock.now()}::timestamptz, lease_until = NULL, last_error = ${error}
         WHERE id = ${id}::uuid AND state = 'due' AND lease_fence = ${lease.fence}::uuid`,
      tenantId,
    );
  }

  /** Plans the next attempt. */
  async postpone(
    { order: { tenantId, id }, lease }: ClaimedOrder,
    runAt: Date,
    error: string,
  ): Promise<void> {
    await this.db.withTenant(async (tx) => {
      const count = await tx.$executeRaw`
        UPDATE mail_orders
           SET next_attempt_at = ${runAt}::timestamptz, lease_until = NULL, last_error = ${error}
         WHERE id = ${id}::uuid AND state = 'due' AND lease_fence = ${lease.fence}::uuid`;
      if (count === 1)
        await this.queue.enqueue(tx, SEND_MAIL, { tenantId, id }, { jobKey: keyOf(id), runAt });
    }, tenantId);
  }

  /** Orders of all tenants that are due and that nobody works on. */
  findDue(now: Date, limit: number): Promise<JobPayload[]> {
    return this.jobs.query<JobPayload & Record<string, unknown>>(
      `SELECT tenant_id AS "tenantId", id FROM mail_orders
        WHERE state = 'due' AND next_attempt_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)
        ORDER BY next_attempt_at LIMIT $2`,
      [now, limit],
    );
  }

  /** Adds an order to the queue again. */
  async requeue({ tenantId, id }: JobPayload): Promise<void> {
    await this.db.withTenant(
      (tx) => this.queue.enqueue(tx, SEND_MAIL, { tenantId, id }, { jobKey: keyOf(id) }),
      tenantId,
    );
  }

  /** Forgets orders that ended before an instant. */
  async purge(endedBefore: Date): Promise<number> {
    const due = await this.jobs.query<{ tenantId: string }>(
      'SELECT DISTINCT tenant_id AS "tenantId" FROM mail_orders WHERE ended_at < $1',
      [endedBefore],
    );
    let removed = 0;
    for (const { tenantId } of due) {
      removed += await this.db.withTenant(
        (tx) => tx.$executeRaw`DELETE FROM mail_orders WHERE ended_at < ${endedBefore}::timestamptz`,
        tenantId,
      );
    }
    return removed;
  }
}

function keyOf(id: string): string {
  return `mail:${id}`;
}
