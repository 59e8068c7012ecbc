import type { Clock } from '@eventzr/config';

/** What a run of a `/jobs/*` route or a sweep did. */
export interface JobReport {
  readonly job: string;
  readonly processed: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
  readonly remaining: number;
  readonly durationMs: number;
}

/** Counts while a job runs. */
export class JobTally {
  private counts = { succeeded: 0, failed: 0, skipped: 0, remaining: 0 };

  succeeded(count = 1): void {
    this.counts.succeeded += count;
  }

  failed(count = 1): void {
    this.counts.failed += count;
  }

  /** Left alone on purpose, e.g. because another run had it. */
  skipped(count = 1): void {
    this.counts.skipped += count;
  }

  /** Due, but left for the next run. */
  remaining(count: number): void {
    this.counts.remaining = count;
  }

  toReport(job: string, durationMs: number): JobReport {
    const { succeeded, failed, skipped, remaining } = this.counts;
    return {
      job,
      processed: succeeded + failed + skipped,
      succeeded,
      failed,
      skipped,
      remaining,
      durationMs,
    };
  }
}

/** Runs `work` and reports what it counted. */
export async function reportOf(
  job: string,
  clock: Clock,
  work: (tally: JobTally) => Promise<void>,
): Promise<JobReport> {
  const tally = new JobTally();
  const startedAt = clock.now().getTime();
  await work(tally);
  return tally.toReport(job, clock.now().getTime() - startedAt);
}
