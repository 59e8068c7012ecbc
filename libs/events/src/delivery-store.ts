import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Database, JobPool } from '@eventzr/db';
import { ServiceIdentity } from '@eventzr/http';
import type { CloudEvent } from './cloud-event.js';
import { sourceOf } from './subscriptions.js';

const DUE_PER_ROUND = 500;
/** How long a relay may take for what it claimed; a killed relay's rows are due again after it. */
const LEASE_MS = 60_000;

export interface Delivery {
  readonly tenantId: string;
  readonly destination: string;
  readonly attempts: number;
  readonly event: CloudEvent;
}

export interface DeliveryResult {
  readonly tenantId: string;
  readonly eventId: string;
  readonly subscriber: string;
  readonly outcome: 'delivered' | 'parked' | 'due';
  readonly nextAttemptAt?: string;
  readonly error?: string;
}

interface ClaimedRow {
  readonly tenant_id: string;
  readonly event_id: string;
  readonly subscriber: string;
  readonly attempts: number;
  readonly type: string;
  readonly aggregate_id: string;
  readonly sequence: string;
  readonly time: Date;
  readonly traceparent: string | null;
  readonly data: Record<string, unknown>;
  readonly position: string;
}

/** The deliveries of the outbox: found as the job role, claimed and ended as the app role under each tenant. */
@Injectable()
export class DeliveryStore {
  constructor(
    private readonly pool: JobPool,
    private readonly database: Database,
    private readonly identity: ServiceIdentity,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes due deliveries, in the order of their events, except those to `except`. An event waits while an earlier one
   * of its aggregate waits for the same destination.
   */
  async claim(except: readonly string[]): Promise<{ fence: string; deliveries: Delivery[] }> {
    const fence = randomUUID();
    const now = this.clock.now();
    const due = await this.pool.query<Record<string, unknown>>(
      `SELECT d.tenant_id AS "tenantId", d.event_id AS "eventId", d.subscriber
         FROM platform.outbox_deliveries d
        WHERE d.delivered_at IS NULL AND d.parked_at IS NULL AND d.next_attempt_at <= $1 AND d.subscriber <> ALL ($2::text[])
          AND NOT EXISTS (SELECT FROM platform.outbox_deliveries e
                           WHERE e.tenant_id = d.tenant_id AND e.subscriber = d.subscriber AND e.aggregate_id = d.aggregate_id
                             AND e.position < d.position AND e.delivered_at IS NULL AND e.parked_at IS NULL
                             AND e.next_attempt_at > $1)
        ORDER BY d.position LIMIT $3`,
      [now, except, DUE_PER_ROUND],
    );
    if (due.length === 0) return { fence, deliveries: [] };
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    const { rows } = await this.database.pool.query<ClaimedRow>(
      'SELECT * FROM platform.claim_deliveries($1, $2, $3, $4)',
      [JSON.stringify(due), fence, now, leaseUntil],
    );
    rows.sort((left, right) => Number(left.position) - Number(right.position));
    return { fence, deliveries: rows.map((row) => this.toDelivery(row)) };
  }

  /** Records how claimed deliveries ended; rows that were claimed anew meanwhile are left alone. */
  async finish(fence: string, results: readonly DeliveryResult[]): Promise<void> {
    if (results.length === 0) return;
    await this.database.pool.query('SELECT platform.finish_deliveries($1, $2, $3)', [
      JSON.stringify(results),
      fence,
      this.clock.now(),
    ]);
  }

  private toDelivery(row: ClaimedRow): Delivery {
    const event: CloudEvent = {
      specversion: '1.0',
      id: row.event_id,
      type: row.type,
      source: sourceOf(this.identity.name),
      subject: row.tenant_id,
      time: row.time.toISOString(),
      datacontenttype: 'application/json',
      sequence: Number(row.sequence),
      aggregateid: row.aggregate_id,
      ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
      data: row.data,
    };
    return { tenantId: row.tenant_id, destination: row.subscriber, attempts: row.attempts, event };
  }
}
