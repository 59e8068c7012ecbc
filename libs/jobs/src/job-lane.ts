import { run, type Runner, type RunnerOptions } from 'graphile-worker';
import type { AppLogger } from '@eventzr/http';

const STOP_WAIT_MS = 7_000;
const RESTART_MS = 1_000;

/** Takes some of a service's jobs from the queue as long as it is started. */
export class JobLane {
  private runner: Runner | undefined;
  private restart: NodeJS.Timeout | undefined;
  private active = true;

  constructor(
    private readonly options: RunnerOptions,
    private readonly logger: AppLogger,
  ) {}

  async launch(): Promise<void> {
    const runner = await run(this.options);
    this.runner = runner;
    // A long outage of the database ends graphile's workers for good: start new ones.
    void runner.promise
      .catch((error: unknown) => this.logger.error({ err: error }, 'job runner ended'))
      .then(() => this.relaunch());
  }

  /** Takes no further job, gives running ones a moment, aborts them, and returns within the shutdown deadline. */
  async stop(): Promise<void> {
    this.active = false;
    clearTimeout(this.restart);
    const patience = new Promise((resolve) => setTimeout(resolve, STOP_WAIT_MS).unref());
    await Promise.race([this.runner?.stop().catch(() => undefined), patience]);
    this.runner = undefined;
  }

  private relaunch(): void {
    if (!this.active) return;
    this.restart = setTimeout(() => {
      this.launch().catch((error: unknown) => {
        this.logger.error({ err: error }, 'job runner did not start');
        this.relaunch();
      });
    }, RESTART_MS).unref();
  }
}
