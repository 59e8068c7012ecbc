import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { PreferWaiter } from '@eventzr/http';
import { hasEnded } from './render-job.js';
import type { JobView } from './render-jobs.dto.js';
import { RenderJobsService } from './render-jobs.service.js';
import { RenderWakeups } from './render-stream.js';

const LOOK_AGAIN_MS = 2_000;

/** `Prefer: wait=N` on a submit: the finished job instead of its receipt, when it is ready in time. */
@Injectable()
export class JobWaiter extends PreferWaiter {
  constructor(
    private readonly jobs: RenderJobsService,
    private readonly wakeups: RenderWakeups,
    private readonly clock: Clock,
  ) {
    super();
  }

  async wait(receipt: unknown, seconds: number, signal: AbortSignal): Promise<JobView | undefined> {
    const jobId = jobIdOf(receipt);
    if (jobId === undefined) return undefined;
    const end = this.clock.now().getTime() + seconds * 1000;
    while (!signal.aborted) {
      const leftMs = end - this.clock.now().getTime();
      const step = new AbortController();
      const woken = this.wakeups.next(jobId, Math.max(0, Math.min(LOOK_AGAIN_MS, leftMs)), AbortSignal.any([signal, step.signal]));
      const job = await this.jobs.get(jobId);
      if (hasEnded(job.status) || leftMs <= 0) {
        step.abort();
        return hasEnded(job.status) ? job : undefined;
      }
      await woken;
    }
    return undefined;
  }
}

function jobIdOf(receipt: unknown): string | undefined {
  const id = typeof receipt === 'object' && receipt !== null && 'jobId' in receipt ? receipt.jobId : undefined;
  return typeof id === 'string' ? id : undefined;
}
