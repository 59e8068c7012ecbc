import type { DiscoveryService } from '@nestjs/core';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { AppLogger } from '@eventzr/http';
import { JobTally, type JobReport } from './job-report.js';
import { Sweep } from './sweep.js';
import { SweepRunner } from './sweep-runner.js';

class Counting extends Sweep {
  readonly name = 'counting';
  readonly everyMs = 1_000;
  runs = 0;
  running = 0;
  work: () => Promise<void> = () => Promise.resolve();

  async run(): Promise<JobReport> {
    this.runs += 1;
    this.running += 1;
    expect(this.running).toBe(1);
    try {
      await this.work();
    } finally {
      this.running -= 1;
    }
    return new JobTally().toReport(this.name, 0);
  }
}

describe('SweepRunner', () => {
  const errors: object[] = [];
  const quiet = {
    debug() {},
    info() {},
    warn() {},
    error: (facts: object) => errors.push(facts),
  } as unknown as AppLogger; // a stub
  let sweep: Counting;
  let runner: SweepRunner;

  beforeEach(() => {
    jest.useFakeTimers();
    sweep = new Counting();
    const discovery = {
      getProviders: () => [{ instance: sweep }, { instance: undefined }, { instance: sweep }],
    };
    runner = new SweepRunner(discovery as unknown as DiscoveryService, quiet); // a stub
    errors.length = 0;
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('runs each sweep at start and then at its interval', async () => {
    runner.start();
    expect(sweep.runs).toBe(1);
    await jest.advanceTimersByTimeAsync(800);
    expect(sweep.runs).toBe(1);
    await jest.advanceTimersByTimeAsync(400);
    expect(sweep.runs).toBe(2);
    await runner.stop();
  });

  it('never overlaps a sweep with itself', async () => {
    const slow = Promise.withResolvers<void>();
    sweep.work = () => slow.promise;
    runner.start();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(sweep.runs).toBe(1);
    slow.resolve();
    await jest.advanceTimersByTimeAsync(1_200);
    expect(sweep.runs).toBe(2);
    await runner.stop();
  });

  it('goes on after a failure', async () => {
    sweep.work = () => Promise.reject(new Error('away'));
    runner.start();
    await jest.advanceTimersByTimeAsync(1_200);
    expect(sweep.runs).toBe(2);
    expect(errors).toHaveLength(2);
    await runner.stop();
  });

  it('stops', async () => {
    runner.start();
    await runner.stop();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(sweep.runs).toBe(1);
  });
});
