import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Breaker } from './breaker.js';

const LIMITS = { failures: 3, openMs: 1_000 };

function opened(): Breaker {
  const breaker = new Breaker(LIMITS);
  for (let failure = 0; failure < 3; failure += 1) breaker.failed(0);
  return breaker;
}

describe('a breaker', () => {
  it('opens after enough failures in a row, and says until when', () => {
    const breaker = new Breaker(LIMITS);
    breaker.failed(0);
    breaker.failed(0);
    breaker.succeeded();
    breaker.failed(0);
    breaker.failed(0);
    expect(breaker.admits(0)).toBe(true);
    expect(breaker.failed(5)).toEqual({ from: 'closed', to: 'open', untilMs: 1_005 });
    expect([breaker.admits(1_004), breaker.waitMs(5)]).toEqual([false, 1_000]);
  });

  it('lets one call at a time try when its time is over; its success closes it', () => {
    const breaker = opened();
    expect(breaker.admits(1_000)).toBe(true);
    expect(breaker.enter(1_000)).toEqual({ from: 'open', to: 'half-open' });
    expect(breaker.admits(1_000)).toBe(false);
    expect(breaker.succeeded()).toEqual({ from: 'half-open', to: 'closed' });
    expect(breaker.admits(1_000)).toBe(true);
  });

  it('opens again at once when the try fails, and lets the next try when it was broken off', () => {
    const breaker = opened();
    breaker.enter(1_000);
    expect(breaker.failed(1_100)).toEqual({ from: 'half-open', to: 'open', untilMs: 2_100 });
    breaker.enter(2_100);
    breaker.abandoned();
    expect(breaker.admits(2_100)).toBe(true);
  });

  it('opens at once, and for longer, for a failure that is reason enough', () => {
    expect(new Breaker(LIMITS).failed(0, 60_000)).toEqual({ from: 'closed', to: 'open', untilMs: 60_000 });
  });

  it('never lets a call out while it is open, and never more than one while it is half-open', () => {
    const step = fc.constantFrom('call', 'succeed', 'fail', 'abandon', 'wait');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const breaker = new Breaker(LIMITS);
        let now = 0;
        let probes = 0;
        for (const what of steps) {
          const before = breaker.state(now);
          if (what === 'wait') now += 400;
          else if (what === 'call' && breaker.admits(now)) {
            expect(before).not.toBe('open');
            breaker.enter(now);
            if (before === 'half-open') probes += 1;
          } else if (what === 'succeed') breaker.succeeded();
          else if (what === 'fail') breaker.failed(now);
          else if (what === 'abandon') breaker.abandoned();
          if (what !== 'wait' && what !== 'call') probes = 0;
          expect(probes).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
