import type { JobPayload } from './job-queue.js';

/** Where a job waits its turn: `slow` is for minutes of this machine's own work, behind which no other job is to wait. */
export type Lane = 'quick' | 'slow';

/**
 * Works on one row. Any provider that extends this class is found at start.
 *
 * It runs at least once and possibly twice at the same time: claim the row by compare-and-set. It works as the app
 * role under `payload.tenantId` (`database.withTenant(work, payload.tenantId)`). What it throws is logged and not
 * repeated: a sweep over the rows adds the job again.
 */
export abstract class JobHandler {
  /** The name under which jobs are enqueued, e.g. `images.render`. */
  abstract readonly task: string;

  readonly lane: Lane = 'quick';

  /** @param signal aborted when the worker stops and the job has had its time */
  abstract run(payload: JobPayload, signal: AbortSignal): Promise<void>;
}
