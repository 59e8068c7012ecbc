import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { AppLogger } from '@eventzr/http';
import { providersOf } from './discovery.js';
import { Sweep } from './sweep.js';

/** Share of the interval by which rounds are spread, so that many processes do not sweep in step. */
const JITTER = 0.2;
const STOP_WAIT_MS = 5_000;

/** Runs every sweep of the service, each at start and then at its interval. */
@Injectable()
export class SweepRunner {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private active = false;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly logger: AppLogger,
  ) {}

  /** The sweeps of this service by name. */
  sweeps(): Sweep[] {
    return providersOf(this.discovery, Sweep);
  }

  start(): void {
    if (this.active) return;
    this.active = true;
    for (const sweep of this.sweeps()) this.round(sweep);
  }

  /** Starts no further round and waits a while for those that run. */
  async stop(): Promise<void> {
    this.active = false;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    const patience = new Promise((resolve) => setTimeout(resolve, STOP_WAIT_MS).unref());
    await Promise.race([Promise.allSettled(this.running), patience]);
  }

  // The next round is planned when this one has ended: a sweep never overlaps itself.
  private round(sweep: Sweep): void {
    const run = this.runOnce(sweep).finally(() => {
      this.running.delete(run);
      if (this.active) this.plan(sweep);
    });
    this.running.add(run);
  }

  private plan(sweep: Sweep): void {
    const delay = sweep.everyMs * (1 - JITTER / 2 + Math.random() * JITTER);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.round(sweep);
    }, delay);
    this.timers.add(timer.unref());
  }

  private async runOnce(sweep: Sweep): Promise<void> {
    try {
      const report = await sweep.run();
      if (report.processed > 0) this.logger.info({ ...report }, 'sweep done');
    } catch (error) {
      this.logger.error({ err: error, sweep: sweep.name }, 'sweep failed');
    }
  }
}
