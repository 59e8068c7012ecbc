import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { SqlTx } from '@eventzr/db';

/** What a job is told: "look at this row". Everything else is in the row. */
export interface JobPayload {
  readonly tenantId: string;
  readonly id: string;
}

export interface EnqueueOptions {
  /** A waiting job of the same key is replaced, so that a sweep may add it again. */
  readonly jobKey?: string;
  /** Not before this instant of the injected clock. One in the past keeps a job's place before younger ones. */
  readonly runAt?: Date;
}

/** Adds jobs to this service's queue. */
export abstract class JobQueue {
  /**
   * Adds a job inside the caller's transaction: it exists exactly if that transaction commits.
   * @param task the `task` of a `JobHandler`
   */
  abstract enqueue(tx: SqlTx, task: string, payload: JobPayload, options?: EnqueueOptions): Promise<void>;
}

/** The queue in the service's own Postgres. */
@Injectable()
export class PostgresJobQueue extends JobQueue {
  constructor(private readonly clock: Clock) {
    super();
  }

  async enqueue(tx: SqlTx, task: string, payload: JobPayload, options: EnqueueOptions = {}): Promise<void> {
    const { jobKey = null, runAt } = options;
    const body: QueuedPayload = { tenantId: payload.tenantId, id: payload.id };
    if (runAt === undefined) {
      await tx.$executeRaw`SELECT jobs.enqueue(${task}, ${JSON.stringify(body)}::json, ${jobKey}::text, NULL::timestamptz)`;
      return;
    }
    // The queue lives by the database's clock: the delay is what both clocks agree on.
    const delaySeconds = (runAt.getTime() - this.clock.now().getTime()) / 1000;
    const timed = JSON.stringify({ ...body, notBefore: runAt.toISOString() });
    await tx.$executeRaw`
      SELECT jobs.enqueue(${task}, ${timed}::json, ${jobKey}::text, now() + make_interval(secs => ${delaySeconds}::double precision))`;
  }
}

/** The payload as it lies in the queue. */
export interface QueuedPayload extends JobPayload {
  readonly notBefore?: string;
}
