import { ManualClock, newId } from '@eventzr/config';
import { Connections, PgJobPool } from '@eventzr/db';
import type { EventTransport } from '@eventzr/events';
import type { AppLogger } from '@eventzr/http';
import { startTestDatabase } from '@eventzr/testing/database';
import pg from 'pg';
import { SubscriptionsConfig } from '../config.js';
import { LocalPaymentProvider } from '../providers/local/local-payment-provider.js';
import type { PaymentProvider } from '../providers/payment-provider.js';
import { SubscriptionsDb } from '../subscriptions.db.js';
import { Collection } from './collection.js';
import { RenewalEvents } from './renewal-events.js';
import { RenewalsRepository } from './renewals.repository.js';
import { RenewalsService } from './renewals.service.js';

export const PRO = 'b0000000-0000-4000-8000-000000000004';
export const BASE = 'b0000000-0000-4000-8000-000000000001';

const SILENT: AppLogger = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const NOWHERE: EventTransport = {
  destinations: () => ['wallet'],
  deliver: () => Promise.resolve({ kind: 'delivered' }),
};

export interface Arranged {
  readonly tenantId: string;
  readonly id: string;
  readonly start: string;
  readonly zone: string;
  readonly plan: string;
  readonly priceCents: number;
  readonly card: string | null;
  readonly status: string;
  readonly cancelAtPeriodEnd: boolean;
  /** Local anchor, ISO without zone; default: `start` in UTC. */
  readonly anchor: string;
}

/** The renewals on a database of their own, without HTTP; `admin` looks behind row level security. */
export class RenewalsFixture {
  readonly clock = new ManualClock(Date.UTC(2026, 0, 15));
  private constructor(
    readonly admin: pg.Client,
    private readonly connections: Connections,
    private readonly db: SubscriptionsDb,
    private readonly drop: () => Promise<void>,
  ) {}

  static async start(): Promise<RenewalsFixture> {
    const database = await startTestDatabase('subscriptions');
    const connections = new Connections({
      service: 'subscriptions',
      databaseUrl: String(database.environment['DATABASE_URL']),
      jobDatabaseUrl: String(database.environment['JOB_DATABASE_URL']),
      tenants: { current: () => undefined },
    });
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query('SET search_path = subscriptions, platform');
    return new RenewalsFixture(admin, connections, new SubscriptionsDb(connections), () => database.drop());
  }

  service(
    settings: { batchSize?: number; runSeconds?: number; provider?: PaymentProvider } = {},
  ): RenewalsService {
    const { batchSize = 500, runSeconds = 60, provider = new LocalPaymentProvider() } = settings;
    const config = Object.assign(new SubscriptionsConfig(), {
      renewalBatchSize: batchSize,
      renewalRunSeconds: runSeconds,
    });
    const jobs = new PgJobPool(this.connections);
    const repository = new RenewalsRepository(this.db, jobs, this.clock, new RenewalEvents(NOWHERE));
    return new RenewalsService(
      repository,
      new Collection(provider, this.clock, SILENT),
      config,
      this.clock,
      SILENT,
    );
  }

  /** An active PRO subscription in its first month, unless told otherwise. */
  async subscribe(wish: Partial<Arranged> = {}): Promise<{ tenantId: string; id: string }> {
    const one = { tenantId: newId(), id: newId(), start: '2026-01-31T00:00:00Z', zone: 'UTC', plan: PRO, priceCents: 9999, card: 'card_succeed', status: 'active', cancelAtPeriodEnd: false, ...wish }; // prettier-ignore
    const anchor = one.anchor ?? one.start.replace(/Z$/, '');
    await this.admin.query(
      `INSERT INTO subscriptions (tenant_id, id, actor_type, actor_id, plan_id, status, price_cents, currency, ai_credits, payment_method,
         anchor_local, zone, interval_unit, interval_count, period_index, period_start, period_end, next_run_at, cancel_at_period_end,
         paused_at, ended_at, created_at, updated_at)
       SELECT $1::uuid, $2::uuid, 'user', gen_random_uuid(), $3::uuid, $4::text, $5::bigint, 'USD', 10000, $6::text, $7::timestamp, $8::text, 'month', 1, 0,
         $9::timestamptz, b, b, $10::boolean, CASE WHEN $4 = 'paused' THEN $9::timestamptz END,
         CASE WHEN $4 IN ('cancelled', 'expired') THEN $9::timestamptz END, $9::timestamptz, $9::timestamptz
         FROM (SELECT ($7::timestamp + interval '1 month') AT TIME ZONE $8 AS b) AS first`,
      [
        one.tenantId,
        one.id,
        one.plan,
        one.status,
        one.priceCents,
        one.card,
        anchor,
        one.zone,
        one.start,
        one.cancelAtPeriodEnd,
      ],
    );
    return { tenantId: one.tenantId, id: one.id };
  }

  async rows<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.admin.query<Row>(text, values)).rows;
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.db.close();
    await this.connections.close();
    await this.drop();
  }
}

function quiet(): void {}
