import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { holdLease, LeaseLost, newLease } from './lease.js';

describe('a lease', () => {
  it('runs from the injected clock and has a fence of its own', () => {
    const clock = new ManualClock();
    const [one, two] = [newLease(clock, 60_000), newLease(clock, 60_000)];
    expect(one.until.getTime() - clock.now().getTime()).toBe(60_000);
    expect(one.fence).not.toBe(two.fence);
  });

  it('is renewed while the work runs', async () => {
    let beats = 0;
    const enough = Promise.withResolvers<void>();
    const renew = (): Promise<boolean> => {
      beats += 1;
      if (beats === 3) enough.resolve();
      return Promise.resolve(true);
    };
    expect(await holdLease({ everyMs: 1, renew }, async () => { await enough.promise; return 'done'; })).toBe('done'); // prettier-ignore
    expect(beats).toBeGreaterThanOrEqual(3);
  });

  it('survives a beat that could not be made', async () => {
    const second = Promise.withResolvers<void>();
    let beats = 0;
    const renew = (): Promise<boolean> => {
      beats += 1;
      if (beats === 1) return Promise.reject(new Error('database away'));
      second.resolve();
      return Promise.resolve(true);
    };
    await expect(holdLease({ everyMs: 1, renew }, () => second.promise)).resolves.toBeUndefined();
  });

  it('aborts the work when it is lost, and does not count its result', async () => {
    const work = (signal: AbortSignal): Promise<string> =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve('too late')));
    await expect(holdLease({ everyMs: 1, renew: () => Promise.resolve(false) }, work)).rejects.toThrow(
      LeaseLost,
    );
  });
});
