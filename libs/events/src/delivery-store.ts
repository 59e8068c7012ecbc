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

export interface WaitingDeliveries {
  readonly parked: number;
  readonly parkedLong: number;
  readonly undeliveredLong: number;
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

  /** How many deliveries are parked, and how many wait since before `since`, parked or not. */
  async waiting(since: Date): Promise<WaitingDeliveries> {
    const rows = await this.pool.query<WaitingDeliveries>(
      `SELECT count(*) FILTER (WHERE d.parked_at IS NOT NULL)::int AS parked,
              count(*) FILTER (WHERE d.parked_at < $1)::int AS "parkedLong",
              count(*) FILTER (WHERE d.parked_at IS NULL AND e.time < $1)::int AS "undeliveredLong"
         FROM platform.outbox_deliveries d
         JOIN platform.outbox_events e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
        WHERE d.delivered_at IS NULL`,
      [since],
    );
    return rows[0] ?? { parked: 0, parkedLong: 0, undeliveredLong: 0 };
  }

  /** Makes deliveries due again that were parked by then; how many. */
  async unpark(by: Date, limit: number): Promise<number> {
    const parked = await this.pool.query<{ tenantId: string; eventId: string; subscriber: string }>(
      `SELECT tenant_id AS "tenantId", event_id AS "eventId", subscriber FROM platform.outbox_deliveries
        WHERE delivered_at IS NULL AND parked_at <= $1 ORDER BY parked_at LIMIT $2`,
      [by, limit],
    );
    let due = 0;
    for (const { tenantId, eventId, subscriber } of parked)
      due += await this.database.withTenant(
        (tx) =>
          Promise.resolve(tx.$executeRaw`
            UPDATE platform.outbox_deliveries SET parked_at = NULL, next_attempt_at = ${this.clock.now()}::timestamptz
             WHERE tenant_id = ${tenantId}::uuid AND event_id = ${eventId}::uuid AND subscriber = ${subscriber}
               AND delivered_at IS NULL AND parked_at <= ${by}::timestamptz`),
        tenantId,
      );
    return due;
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
