import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { run, runOnce, type Runner, type RunnerOptions, type TaskList } from 'graphile-worker';
import { Clock } from '@eventzr/config';
import { Connections } from '@eventzr/db';
import { AppLogger } from '@eventzr/http';
import { providersOf } from './discovery.js';
import { JobHandler } from './job-handler.js';
import { graphileLogger } from './graphile-logger.js';
import type { QueuedPayload } from './job-queue.js';

// One per connection of the job pool.
const CONCURRENCY = 4;
const POLL_MS = 1_000;
/** After this time a stopping worker aborts its jobs; the process has 10 s in all. */
const ABORT_AFTER_MS = 3_000;
const STOP_WAIT_MS = 7_000;
const RESTART_MS = 1_000;

/** Takes jobs from the service's queue and hands them to their handlers. Connects as the job role. */
@Injectable()
export class JobRunner {
  private runner: Runner | undefined;
  private restart: NodeJS.Timeout | undefined;
  private active = false;

  constructor(
    private readonly connections: Connections,
    private readonly discovery: DiscoveryService,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  async start(): Promise<void> {
    if (this.active) return;
    this.active = true;
    await this.launch();
  }

  /** Takes no further job, gives running ones a moment, aborts them, and returns within the shutdown deadline. */
  async stop(): Promise<void> {
    this.active = false;
    clearTimeout(this.restart);
    const patience = new Promise((resolve) => setTimeout(resolve, STOP_WAIT_MS).unref());
    await Promise.race([this.runner?.stop().catch(() => undefined), patience]);
    this.runner = undefined;
  }

  /**
   * Runs due jobs one after another, those that they enqueue included, until none is left: for tests, instead of
   * `start()`. What is due is decided by the injected clock.
   * @returns how many ran
   */
  async drain(): Promise<number> {
    let total = 0;
    for (;;) {
      await this.wakeDueJobs();
      let ran = 0;
      await runOnce({ ...this.options(() => (ran += 1)), concurrency: 1 });
      if (ran === 0) return total;
      total += ran;
    }
  }

  private async launch(): Promise<void> {
    const options = {
      ...this.options(),
      concurrency: CONCURRENCY,
      pollInterval: POLL_MS,
      gracefulShutdownAbortTimeout: ABORT_AFTER_MS,
    };
    const runner = await run(options);
    this.runner = runner;
    // A long outage of the database ends graphile's workers for good: start new ones.
    void runner.promise
      .catch((error: unknown) => this.logger.error({ err: error }, 'job runner ended'))
      .then(() => this.relaunch());
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

  private options(onRun?: () => void): RunnerOptions {
    return {
      pgPool: this.connections.job,
      taskList: this.tasks(onRun),
      noHandleSignals: true,
      logger: graphileLogger(this.logger),
    };
  }

  private tasks(onRun?: () => void): TaskList {
    const tasks: TaskList = {};
    for (const handler of providersOf(this.discovery, JobHandler)) {
      if (tasks[handler.task] !== undefined) throw new Error(`Two handlers for the job ${handler.task}`);
      tasks[handler.task] = async (payload, { abortSignal }) => {
        onRun?.();
        await this.perform(handler, payload as QueuedPayload, abortSignal ?? new AbortController().signal);
      };
    }
    return tasks;
  }

  // The row says how far the work is; the queue keeps neither failures nor retries.
  private async perform(
    handler: JobHandler,
    { tenantId, id }: QueuedPayload,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await handler.run({ tenantId, id }, signal);
    } catch (error) {
      this.logger.error({ err: error, task: handler.task, tenantId, id }, 'job failed');
    }
  }

  private async wakeDueJobs(): Promise<void> {
    await this.connections.job.query(
      `UPDATE graphile_worker._private_jobs SET run_at = now()
        WHERE run_at > now() AND locked_at IS NULL AND (payload->>'notBefore')::timestamptz <= $1`,
      [this.clock.now()],
    );
  }
}
