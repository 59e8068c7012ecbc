import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Database, JobPool, type SqlTx } from '@eventzr/db';
import type { SettlementOutcome } from './credits.js';

/** How soon the sweep sends what nobody answered. */
export const SETTLEMENT_EVERY_MS = 15_000;
const LONGEST_PAUSE_MS = 300_000;
const LATE_AFTER_MS = 300_000;
const REFUSALS_SHOWN_MS = 7 * 86_400_000;

export interface SettlementWorries {
  readonly refused: number;
  readonly unacknowledged: number;
}

/** What the wallet has still to be told about a hold. */
export interface Settlement {
  readonly tenantId: string;
  readonly holdId: string;
  readonly kind: 'capture' | 'release';
  readonly amountCredits: number;
}

/** The table of settlements: one row per hold, so a hold is settled one way only. */
@Injectable()
export class SettlementStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobPool) private readonly jobs: JobPool,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Undefined when another transaction decided first. The tenant is the transaction's. */
  async insert(
    tx: SqlTx,
    { operationId, holdId }: { operationId: string; holdId: string },
    outcome: SettlementOutcome,
  ): Promise<Settlement | undefined> {
    const kind = 'capture' in outcome ? 'capture' : 'release';
    const amountCredits = 'capture' in outcome ? outcome.capture : 0;
    const now = this.clock.now();
    const rows = await tx.$queryRaw<{ tenantId: string }[]>`
      INSERT INTO platform.settlements (tenant_id, hold_id, operation_id, kind, amount_credits, next_attempt_at, created_at)
      VALUES (platform.current_tenant(), ${holdId}::uuid, ${operationId}::uuid, ${kind}, ${amountCredits}::int,
             ${this.nextAttempt()}::timestamptz, ${now}::timestamptz)
      ON CONFLICT DO NOTHING RETURNING tenant_id AS "tenantId"`;
    const tenantId = rows[0]?.tenantId;
    return tenantId === undefined ? undefined : { tenantId, holdId, kind, amountCredits };
  }

  /** Settlements that the wallet should have answered by now. */
  due(limit: number): Promise<{ tenant_id: string; hold_id: string }[]> {
    return this.jobs.query(
      `SELECT tenant_id, hold_id FROM platform.settlements
        WHERE acknowledged_at IS NULL AND next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $2`,
      [this.clock.now(), limit],
    );
  }

  /** What someone should know about: a week's refusals, and what the wallet has not answered for too long. */
  async worries(): Promise<SettlementWorries> {
    const now = this.clock.now().getTime();
    const rows = await this.jobs.query<SettlementWorries>(
      `SELECT (SELECT count(*)::int FROM platform.settlements WHERE refused AND acknowledged_at > $1) AS refused,
              (SELECT count(*)::int FROM platform.settlements WHERE acknowledged_at IS NULL AND created_at < $2) AS unacknowledged`,
      [new Date(now - REFUSALS_SHOWN_MS), new Date(now - LATE_AFTER_MS)],
    );
    return rows[0] ?? { refused: 0, unacknowledged: 0 };
  }

  /** Takes a due settlement for one try; undefined when another process has it. */
  async take(tenantId: string, holdId: string): Promise<Settlement | undefined> {
    return this.database.withTenantSql(async (tx) => {
      const rows = await tx.$queryRaw<Settlement[]>`
        UPDATE platform.settlements
           SET attempts = attempts + 1,
               next_attempt_at = ${this.clock.now()}::timestamptz
                 + least(${LONGEST_PAUSE_MS}::int, ${SETTLEMENT_EVERY_MS}::int * 2 ^ least(attempts, 10)) * interval '1 millisecond'
         WHERE tenant_id = ${tenantId}::uuid AND hold_id = ${holdId}::uuid AND acknowledged_at IS NULL
           AND next_attempt_at <= ${this.clock.now()}::timestamptz
        RETURNING tenant_id AS "tenantId", hold_id AS "holdId", kind, amount_credits AS "amountCredits"`;
      return rows[0];
    }, tenantId);
  }

  async acknowledge({ tenantId, holdId }: Settlement, answer: object): Promise<void> {
    await this.database.pool.query({
      name: 'acknowledge_settlement',
      text: 'SELECT platform.acknowledge_settlement($1, $2, $3, $4)',
      values: [tenantId, holdId, JSON.stringify(answer), this.clock.now()],
    });
  }

  private nextAttempt(): Date {
    return new Date(this.clock.now().getTime() + SETTLEMENT_EVERY_MS);
  }
}
