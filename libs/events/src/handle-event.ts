import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Database, type SqlTx } from '@eventzr/db';
import { AppLogger } from '@eventzr/http';
import { JobHandler, JobQueue, type JobPayload } from '@eventzr/jobs';
import { backoffMs } from './backoff.js';
import type { CloudEvent } from './cloud-event.js';
import { HANDLE_EVENT, Inbox } from './inbox.js';

const MAX_ATTEMPTS = 10;

interface InboxRow {
  readonly source: string;
  readonly type: string;
  readonly aggregate_id: string;
  readonly sequence: bigint;
  readonly time: Date;
  readonly traceparent: string | null;
  readonly data: Record<string, unknown>;
}

/** Hands one received event to its handlers, in the transaction that marks it as handled. */
@Injectable()
export class HandleEvent extends JobHandler {
  readonly task = HANDLE_EVENT;

  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  async run({ tenantId, id }: JobPayload): Promise<void> {
    try {
      await this.database.withTenant((tx) => this.handle(tx, tenantId, id), tenantId);
    } catch (error) {
      await this.database.withTenant((tx) => this.recordFailure(tx, { tenantId, id }, error), tenantId);
    }
  }

  private async handle(tx: SqlTx, tenantId: string, id: string): Promise<void> {
    const rows = await tx.$queryRaw<InboxRow[]>`
      SELECT source, type, aggregate_id, sequence, time, traceparent, data FROM platform.inbox_events
       WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid AND state = 'received' FOR UPDATE SKIP LOCKED`;
    const row = rows[0];
    if (row === undefined) return;
    const outdated = await this.isOutdated(tx, tenantId, row);
    const handlers = this.inbox.handlersOf(row.type).filter(({ latestOnly }) => !(latestOnly && outdated));
    for (const handler of handlers) await handler.run(toEvent(tenantId, id, row), tx);
    const state = handlers.length === 0 ? 'outdated' : 'handled';
    await tx.$executeRaw`
      UPDATE platform.inbox_events SET state = ${state}, handled_at = ${this.clock.now()}::timestamptz, attempts = attempts + 1
       WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
  }

  // One event of an aggregate at a time: else an older one could pass this check beside a newer one.
  private async isOutdated(
    tx: SqlTx,
    tenantId: string,
    { source, aggregate_id, sequence }: InboxRow,
  ): Promise<boolean> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(concat_ws(E'\\x1f', ${tenantId}::text, ${source}::text, ${aggregate_id}::text), 21))`;
    const newer = await tx.$queryRaw<{ type: string }[]>`
      SELECT DISTINCT type FROM platform.inbox_events
       WHERE tenant_id = ${tenantId}::uuid AND source = ${source} AND aggregate_id = ${aggregate_id}
         AND sequence > ${sequence}::bigint AND state = 'handled'`;
    return newer.some(({ type }) => this.inbox.handlersOf(type).some(({ latestOnly }) => latestOnly));
  }

  private async recordFailure(tx: SqlTx, payload: JobPayload, error: unknown): Promise<void> {
    const { tenantId, id } = payload;
    const message = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
    const rows = await tx.$queryRaw<{ attempts: number; type: string }[]>`
      UPDATE platform.inbox_events
         SET attempts = attempts + 1, last_error = ${message},
             state = CASE WHEN attempts + 1 >= ${MAX_ATTEMPTS}::int THEN 'dead' ELSE state END
       WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid AND state = 'received' RETURNING attempts, type`;
    const row = rows[0];
    if (row === undefined) return;
    const dead = row.attempts >= MAX_ATTEMPTS;
    this.logger.error(
      { err: error, ...payload, ...row, alarm: dead },
      dead ? 'event given up' : 'event not handled',
    );
    if (dead) return;
    const runAt = new Date(this.clock.now().getTime() + backoffMs(row.attempts));
    await tx.$executeRaw`
      UPDATE platform.inbox_events SET next_attempt_at = ${runAt}::timestamptz WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
    await this.jobs.enqueue(tx, HANDLE_EVENT, payload, { jobKey: `event:${id}`, runAt });
  }
}

function toEvent(tenantId: string, id: string, row: InboxRow): CloudEvent {
  return {
    specversion: '1.0',
    id,
    type: row.type,
    source: row.source,
    subject: tenantId,
    time: row.time.toISOString(),
    datacontenttype: 'application/json',
    sequence: Number(row.sequence),
    aggregateid: row.aggregate_id,
    ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
    data: row.data,
  };
}
