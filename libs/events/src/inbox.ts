import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Clock } from '@eventzr/config';
import { Database } from '@eventzr/db';
import { HttpErrors } from '@eventzr/http';
import { providersOf } from '@eventzr/jobs';
import type { CloudEvent } from './cloud-event.js';
import { EventHandler } from './event-handler.js';
import { grouped } from './grouped.js';
import { matchesType, mayProduce } from './subscriptions.js';

/** The job that handles one received event. */
export const HANDLE_EVENT = 'events.handle';

export interface Receipt {
  readonly accepted: number;
  readonly duplicates: number;
  readonly ignored: number;
}

/** Keeps received events, each once, and sees that they are handled. */
@Injectable()
export class Inbox {
  constructor(
    private readonly database: Database,
    private readonly discovery: DiscoveryService,
    private readonly clock: Clock,
  ) {}

  /** This service's handlers of a type. */
  handlersOf(type: string): EventHandler[] {
    return providersOf(this.discovery, EventHandler).filter((handler) => matchesType(handler.type, type));
  }

  /**
   * Stores events together with the jobs that handle them. An event that was stored before is left alone.
   * @param sender the verified source, e.g. `studio-svc`
   * @throws FORBIDDEN when the sender does not produce one of the types; nothing is stored then
   */
  async receive(sender: string, events: readonly CloudEvent[]): Promise<Receipt> {
    for (const { source, type } of events) {
      if (source !== sender || !mayProduce(sender, type))
        throw HttpErrors.FORBIDDEN({ type, source, sender });
    }
    const wanted = events.filter(({ type }) => this.handlersOf(type).length > 0);
    let accepted = 0;
    for (const [tenantId, own] of grouped(wanted, ({ subject }) => subject))
      accepted += await this.store(tenantId, own);
    return { accepted, duplicates: wanted.length - accepted, ignored: events.length - wanted.length };
  }

  private async store(tenantId: string, events: readonly CloudEvent[]): Promise<number> {
    const now = this.clock.now();
    const rows = await this.database.withTenant(
      (tx) =>
        Promise.resolve(tx.$queryRaw<{ accepted: number }[]>`
          WITH stored AS (
            INSERT INTO platform.inbox_events (tenant_id, id, source, type, aggregate_id, sequence, time, traceparent, data, state,
                                               next_attempt_at, received_at)
            SELECT ${tenantId}::uuid, e.id, e.source, e.type, e.aggregateid, e.sequence, e.time, e.traceparent, e.data, 'received',
                   ${now}::timestamptz, ${now}::timestamptz
              FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
                   AS e (id uuid, source text, type text, aggregateid text, sequence bigint, time timestamptz, traceparent text, data jsonb)
            ON CONFLICT DO NOTHING
            RETURNING tenant_id, id)
          SELECT count(jobs.enqueue(${HANDLE_EVENT}, json_build_object('tenantId', tenant_id, 'id', id), 'event:' || id, NULL))::int AS accepted
            FROM stored`),
      tenantId,
    );
    return rows[0]?.accepted ?? 0;
  }
}
