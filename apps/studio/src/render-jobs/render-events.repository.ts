import { Injectable } from '@nestjs/common';
import type { Prisma } from '../generated/prisma/client.js';
import type { StudioTx } from '../studio.db.js';

export const RENDER_EVENTS_CHANNEL = 'render_job_events';

/** What is sent over the channel: whose event, and which. */
export interface Wakeup {
  readonly jobId: string;
  readonly type: string;
}

export function wakeupOf({ jobId, type }: Wakeup): string {
  return `${jobId} ${type}`;
}

export function wakeupIn(payload: string): Wakeup {
  const [jobId = '', type = ''] = payload.split(' ');
  return { jobId, type };
}

/** One numbered step of a job, as it is streamed. */
export interface RenderEvent {
  readonly sequence: number;
  readonly type: string;
  readonly data: unknown;
}

/** The only file that touches `render_job_events`. */
@Injectable()
export class RenderEventsRepository {
  /**
   * Numbers and stores an event and wakes the streams at commit. The caller has just changed the job's row in the
   * same transaction, so its lock keeps the numbers apart.
   */
  async append(
    tx: StudioTx,
    job: { tenantId: string; id: string },
    type: string,
    data: Prisma.InputJsonObject,
    now: Date,
  ): Promise<void> {
    await tx.$queryRaw`
      WITH told AS (
        INSERT INTO render_job_events (tenant_id, job_id, sequence, type, data, created_at)
        SELECT ${job.tenantId}::uuid, ${job.id}::uuid, coalesce(max(sequence), 0) + 1, ${type}, ${JSON.stringify(data)}::jsonb, ${now}
        FROM render_job_events WHERE job_id = ${job.id}::uuid)
      SELECT pg_notify(${RENDER_EVENTS_CHANNEL}, ${wakeupOf({ jobId: job.id, type })})::text`;
  }

  async listAfter(tx: StudioTx, jobId: string, sequence: number): Promise<RenderEvent[]> {
    return tx.renderJobEvent.findMany({
      where: { jobId, sequence: { gt: sequence } },
      orderBy: { sequence: 'asc' },
      select: { sequence: true, type: true, data: true },
    });
  }
}
