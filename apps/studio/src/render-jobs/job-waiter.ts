import { Injectable } from '@nestjs/common';
import { AppLogger, PreferWaiter } from '@eventzr/http';
import type { JobView } from './render-jobs.dto.js';
import { RenderJobsService } from './render-jobs.service.js';
import { RenderWakeups } from './render-wakeups.js';

/** A lost notification costs this much, never the answer. */
const LOOK_AGAIN_MS = 2_000;

/** `Prefer: wait=N` on a submit: the finished job instead of its receipt, when it is ready in time. */
@Injectable()
export class JobWaiter extends PreferWaiter {
  constructor(
    private readonly jobs: RenderJobsService,
    private readonly wakeups: RenderWakeups,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  /** How long a caller waits is counted by the machine's clock, as their own patience is. */
  async wait(receipt: unknown, seconds: number, signal: AbortSignal): Promise<JobView | undefined> {
    const jobId = jobIdOf(receipt);
    if (jobId === undefined) return undefined;
    const over = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
    return this.ended(jobId, over).catch((error: unknown) => {
      // The job is accepted, whatever happens to the wait: the receipt says so.
      this.logger.warn({ err: error, jobId }, 'a caller could not wait for a render job');
      return undefined;
    });
  }

  private async ended(jobId: string, over: AbortSignal): Promise<JobView | undefined> {
    for (;;) {
      const looked = new AbortController();
      // Listening begins before the look, so that no end falls between the two.
      const woken = this.wakeups.end(jobId, LOOK_AGAIN_MS, AbortSignal.any([over, looked.signal]));
      const job = await this.jobs.ended(jobId);
      if (job !== undefined || over.aborted) {
        looked.abort();
        return job;
      }
      await woken;
    }
  }
}

function jobIdOf(receipt: unknown): string | undefined {
  const id =
    typeof receipt === 'object' && receipt !== null && 'jobId' in receipt ? receipt.jobId : undefined;
  return typeof id === 'string' ? id : undefined;
}
