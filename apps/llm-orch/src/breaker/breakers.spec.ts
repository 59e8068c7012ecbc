import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryCacheStore } from '@eventzr/cache';
import { createLogger, ManualClock } from '@eventzr/config';
import { PinoAppLogger } from '@eventzr/http';
import { LlmOrchConfig } from '../config.js';
import type { BreakerCall } from './breaker-call.js';
import { BreakerSignals } from './breaker-signals.js';
import type { BreakerTarget } from './breakers.js';
import { Breakers } from './breakers.js';
import type { OutageReports } from './outage-reports.js';

const ILL = { provider: 'openai', model: 'gpt' };
const OPEN_MS = 30_000;
const FAULT = { kind: 'server' } as const;

/** Two processes over one cache. */
let one: Breakers;
let two: Breakers;
let clock: ManualClock;
let cache: MemoryCacheStore;
let told: string[];

async function process(): Promise<Breakers> {
  const logger = new PinoAppLogger(createLogger('breakers-spec', 'silent'));
  const signals = new BreakerSignals(cache, logger, new LlmOrchConfig());
  const outages: Pick<OutageReports, 'report'> = {
    report: (_target, { from, state }) => Promise.resolve(void told.push(`${from}>${state}`)),
  };
  const breakers = new Breakers(signals, outages as OutageReports, clock, logger);
  await signals.onApplicationBootstrap();
  return breakers;
}

beforeEach(async () => {
  clock = new ManualClock();
  cache = new MemoryCacheStore(clock);
  told = [];
  [one, two] = await Promise.all([process(), process()]);
});
afterEach(() => cache.close());

async function out(breakers: Breakers, target: BreakerTarget = ILL): Promise<BreakerCall> {
  const call = await breakers.enter(target);
  if (call === undefined) throw new Error('No call was let out');
  return call;
}

/** All is told, and all has come. */
async function settled(): Promise<void> {
  for (const breakers of [one, two, one]) {
    await breakers.beforeApplicationShutdown();
    await new Promise(setImmediate);
    await new Promise(setImmediate);
  }
}

async function open(breakers: Breakers): Promise<void> {
  const calls = await Promise.all(Array.from({ length: 5 }, () => out(breakers)));
  for (const call of calls) call.failed(FAULT);
}

describe('breakers of two processes', () => {
  it('what fails in one opens it in the other, also where it was never asked', async () => {
    await open(one);
    await settled();
    expect([two.state(ILL), await two.enter(ILL), told]).toEqual(['open', undefined, ['closed>open']]);
    expect(two.waitMs(ILL)).toBe(OPEN_MS);
    const late = await process();
    expect(await late.enter(ILL)).toBeUndefined();
  });

  it('are told of once when both find out at the same moment, and agree', async () => {
    await Promise.all([open(one), open(two)]);
    await settled();
    clock.advance(OPEN_MS);
    const probe = await out(two);
    expect(await one.enter(ILL)).toBeUndefined();
    probe.succeeded();
    await settled();
    expect(told).toEqual(['closed>open', 'open>half-open', 'half-open>closed']);
    expect([one.state(ILL), two.state(ILL)]).toEqual(['closed', 'closed']);
  });

  it('let one call over both try when both ask at the same moment; a broken-off one leaves it to the next', async () => {
    await open(one);
    await settled();
    clock.advance(OPEN_MS);
    const asked = await Promise.all([one.enter(ILL), two.enter(ILL), one.enter(ILL), two.enter(ILL)]);
    const [probe, ...more] = asked.filter((call) => call !== undefined);
    expect(more).toEqual([]);
    probe?.abandoned();
    await settled();
    const next = await out(two);
    expect(await one.enter(ILL)).toBeUndefined();
    next.failed(FAULT);
    await settled();
    expect([one.state(ILL), two.state(ILL)]).toEqual(['open', 'open']);
    expect(told).toEqual(['closed>open', 'open>half-open', 'half-open>open']);
  });

  it('let another try when a process died that had the turn, once a call’s longest time is over', async () => {
    await open(one);
    await settled();
    clock.advance(OPEN_MS);
    await out(one);
    await settled();
    expect(await two.enter(ILL)).toBeUndefined();
    clock.advance(new LlmOrchConfig().inferenceTimeoutMs + 5_000);
    await out(two);
  });

  it('ask again whoever gets the turn before hearing that the model is well: no second try, no second event', async () => {
    await open(one);
    await settled();
    clock.advance(OPEN_MS);
    const probe = await out(one);
    probe.succeeded();
    await one.beforeApplicationShutdown();
    (await out(two)).succeeded();
    await settled();
    expect(told).toEqual(['closed>open', 'open>half-open', 'half-open>closed']);
  });
});
