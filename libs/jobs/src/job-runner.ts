import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { runOnce, type RunnerOptions, type TaskList } from 'graphile-worker';
import { Clock } from '@eventzr/config';
import { Connections } from '@eventzr/db';
import { AppLogger } from '@eventzr/http';
import { providersOf } from './discovery.js';
import { JobHandler, type Lane } from './job-handler.js';
import { JobLane } from './job-lane.js';
import { graphileLogger } from './graphile-logger.js';
import type { QueuedPayload } from './job-queue.js';

const LANES = ['quick', 'slow'] as const;
const CONCURRENCY: Readonly<Record<Lane, number>> = { quick: 4, slow: 2 };
const POLL_MS = 1_000;
/** After this time a stopping worker aborts its jobs; the process has 10 s in all. */
const ABORT_AFTER_MS = 3_000;

/** Takes jobs from the service's queue and hands them to their handlers. Connects as the job role. */
@Injectable()
export class JobRunner {
  private lanes: JobLane[] = [];

  constructor(
    private readonly connections: Connections,
    private readonly discovery: DiscoveryService,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  async start(): Promise<void> {
    if (this.lanes.length > 0) return;
    this.lanes = LANES.filter((lane) => Object.keys(this.tasks(lane)).length > 0).map(
      (lane) => new JobLane(this.laneOptions(lane), this.logger),
    );
    for (const lane of this.lanes) await lane.launch();
  }

  /** Takes no further job, gives running ones a moment, aborts them, and returns within the shutdown deadline. */
  async stop(): Promise<void> {
    await Promise.all(this.lanes.splice(0).map((lane) => lane.stop()));
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
      await runOnce({ ...this.options(this.tasks(undefined, () => (ran += 1))), concurrency: 1 });
      if (ran === 0) return total;
      total += ran;
    }
  }

  private laneOptions(lane: Lane): RunnerOptions {
    return {
      ...this.options(this.tasks(lane)),
      concurrency: CONCURRENCY[lane],
      pollInterval: POLL_MS,
      gracefulShutdownAbortTimeout: ABORT_AFTER_MS,
    };
  }

  private options(taskList: TaskList): RunnerOptions {
    return {
      pgPool: this.connections.job,
      taskList,
      noHandleSignals: true,
      logger: graphileLogger(this.logger),
    };
  }

  /** @param lane absent: of all lanes */
  private tasks(lane?: Lane, onRun?: () => void): TaskList {
    const tasks: TaskList = {};
    for (const handler of providersOf(this.discovery, JobHandler)) {
      if (lane !== undefined && handler.lane !== lane) continue;
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
