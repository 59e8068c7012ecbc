import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import type { SqlTx } from '@eventzr/db';
import { currentContext, ServiceIdentity } from '@eventzr/http';
import { EventTransport } from './event-transport.js';
import { mayProduce, sourceOf } from './subscriptions.js';

export interface NewEvent<Data extends object = object> {
  /** `eventzr.<domain>.<entity>.<action>.v1` */
  readonly type: string;
  /** What the event is about; events of one aggregate are numbered in the order of their commits. */
  readonly aggregateId: string;
  /** Default: the tenant of the transaction. */
  readonly tenantId?: string;
  readonly data: Data;
}

/** Tells others what happened, in the transaction that made it happen. */
export abstract class Outbox {
  /** The event goes out exactly if the transaction commits, at least once, to each subscriber. */
  abstract append(tx: SqlTx, event: NewEvent): Promise<void>;

  /** The same of many events, in their order and in one statement. */
  abstract appendAll(tx: SqlTx, events: readonly NewEvent[]): Promise<void>;
}

/** The outbox in the service's own Postgres. */
@Injectable()
export class PostgresOutbox extends Outbox {
  constructor(
    private readonly identity: ServiceIdentity,
    private readonly transport: EventTransport,
    private readonly clock: Clock,
  ) {
    super();
  }

  async append(tx: SqlTx, { type, aggregateId, tenantId, data }: NewEvent): Promise<void> {
    this.assertProduced(type);
    const traceparent = currentContext()?.traceparent ?? null;
    await tx.$executeRaw`
      SELECT platform.append_event(coalesce(${tenantId ?? null}::uuid, platform.current_tenant()), ${newId(this.clock)}::uuid,
             ${type}, ${aggregateId}, ${JSON.stringify(data)}::jsonb, ${traceparent}::text, ${this.clock.now()}::timestamptz,
             ${this.transport.destinations(type)}::text[])`;
  }

  async appendAll(tx: SqlTx, events: readonly NewEvent[]): Promise<void> {
    const traceparent = currentContext()?.traceparent ?? null;
    const rows = events.map(({ type, aggregateId, tenantId, data }) => {
      this.assertProduced(type);
      const subscribers = this.transport.destinations(type);
      return {
        tenant: tenantId ?? null,
        id: newId(this.clock),
        type,
        aggregate: aggregateId,
        data,
        subscribers,
      };
    });
    // The set is read in order and the function is called for each row in turn, so sequences follow the list.
    await tx.$executeRaw`
      SELECT platform.append_event(coalesce(e.tenant, platform.current_tenant()), e.id, e.type, e.aggregate, e.data,
             ${traceparent}::text, ${this.clock.now()}::timestamptz, e.subscribers)
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS e (tenant uuid, id uuid, type text, aggregate text, data jsonb, subscribers text[])`;
  }

  private assertProduced(type: string): void {
    if (!mayProduce(sourceOf(this.identity.name), type))
      throw new Error(`${this.identity.name} does not produce ${type}`);
  }
}
