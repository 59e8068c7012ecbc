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
    if (!mayProduce(sourceOf(this.identity.name), type))
      throw new Error(`${this.identity.name} does not produce ${type}`);
    const traceparent = currentContext()?.traceparent ?? null;
    await tx.$executeRaw`
      SELECT platform.append_event(coalesce(${tenantId ?? null}::uuid, platform.current_tenant()), ${newId(this.clock)}::uuid,
             ${type}, ${aggregateId}, ${JSON.stringify(data)}::jsonb, ${traceparent}::text, ${this.clock.now()}::timestamptz,
             ${this.transport.destinations(type)}::text[])`;
  }
}
