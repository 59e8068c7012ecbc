import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Breaker } from './breaker.js';
import type { BreakerPermit } from './breaker.js';

const LIMITS = { failures: 3, openMs: 1_000 };

/** A call that is let out, a trying one included. */
function entered(breaker: Breaker, nowMs = 0): BreakerPermit {
  const permit = breaker.enter(nowMs);
  if (permit === undefined) throw new Error('The breaker let no call out');
  breaker.tries(permit);
  return permit;
}

function opened(): Breaker {
  const breaker = new Breaker(LIMITS);
  for (let failure = 0; failure < 3; failure += 1) breaker.failed(entered(breaker), 0);
  return breaker;
}

describe('a breaker', () => {
  it('opens after enough failures in a row, and says until when', () => {
    const breaker = new Breaker(LIMITS);
    breaker.failed(entered(breaker), 0);
    breaker.failed(entered(breaker), 0);
    breaker.succeeded(entered(breaker));
    breaker.failed(entered(breaker), 0);
    breaker.failed(entered(breaker), 0);
    const change = breaker.failed(entered(breaker), 5);
    expect(change).toMatchObject({ from: 'closed', state: 'open', untilMs: 1_005 });
    expect([breaker.enter(1_004), breaker.waitMs(5)]).toEqual([undefined, 1_000]);
  });

  it('lets one call at a time try when its time is over; its success closes it', () => {
    const breaker = opened();
    const probe = breaker.enter(1_000) ?? { version: 'none' };
    expect([breaker.probes(probe), breaker.enter(1_000)]).toEqual([true, undefined]);
    expect(breaker.tries(probe)).toMatchObject({ from: 'open', state: 'half-open' });
    expect(breaker.enter(1_000)).toBeUndefined();
    expect(breaker.succeeded(probe)).toMatchObject({ from: 'half-open', state: 'closed' });
    expect(breaker.probes(entered(breaker, 1_000))).toBe(false);
  });

  it('opens again at once when the try fails, and lets the next try when it was broken off', () => {
    const breaker = opened();
    const failed = breaker.failed(entered(breaker, 1_000), 1_100);
    expect(failed).toMatchObject({ from: 'half-open', state: 'open', untilMs: 2_100 });
    breaker.abandoned(entered(breaker, 2_100));
    expect(breaker.enter(2_100)).toBeDefined();
  });

  it('opens at once, and for longer, for a failure that is reason enough', () => {
    const breaker = new Breaker(LIMITS);
    expect(breaker.failed(entered(breaker), 0, 60_000)).toMatchObject({ state: 'open', untilMs: 60_000 });
  });

  it.each<[string, (breaker: Breaker, old: BreakerPermit) => unknown]>([
    ['is abandoned', (breaker, old) => breaker.abandoned(old)],
    ['succeeds', (breaker, old) => breaker.succeeded(old)],
    ['fails', (breaker, old) => breaker.failed(old, 1_001, 60_000)],
  ])('counts nothing of a call from before it opened that %s, neither half-open nor closed', (_how, end) => {
    const breaker = new Breaker(LIMITS);
    const [first, second] = [entered(breaker), entered(breaker)];
    for (let failure = 0; failure < 3; failure += 1) breaker.failed(entered(breaker), 0);
    const probe = entered(breaker, 1_000);
    expect([end(breaker, first), breaker.enter(1_001), breaker.state(1_001)]).toEqual([
      undefined,
      undefined,
      'half-open',
    ]);
    expect(breaker.succeeded(probe)).toMatchObject({ state: 'closed' });
    breaker.failed(entered(breaker, 1_002), 1_002);
    breaker.failed(entered(breaker, 1_002), 1_002);
    expect(end(breaker, second)).toBeUndefined();
    expect(breaker.failed(entered(breaker, 1_003), 1_003)).toMatchObject({ state: 'open' });
  });

  it('takes over what another one found out; what tries here then decides nothing', () => {
    const breaker = opened();
    const probe = entered(breaker, 1_000);
    breaker.adopt({ state: 'open', untilMs: 5_000, version: 'theirs' });
    expect([breaker.succeeded(probe), breaker.state(4_999), breaker.state(5_000)]).toEqual([
      undefined,
      'open',
      'half-open',
    ]);
    const own = breaker.tries(breaker.enter(5_000) ?? { version: 'none' });
    expect(own).toMatchObject({ from: 'open', left: 'theirs' });
  });

  it('never lets a call out while it is open, and never a second while one tries, in whatever order calls end', () => {
    const step = fc.oneof(
      fc.constant({ what: 'call' as const }),
      fc.constant({ what: 'wait' as const }),
      fc.record({ what: fc.constantFrom('succeed', 'fail', 'abandon'), which: fc.nat(9) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const breaker = new Breaker(LIMITS);
        const out: BreakerPermit[] = [];
        let now = 0;
        let probe: BreakerPermit | undefined;
        const end = (which: number): BreakerPermit | undefined => {
          const [permit] = out.splice(which % Math.max(1, out.length), 1);
          if (permit !== undefined && permit === probe) probe = undefined;
          return permit;
        };
        for (const taken of steps) {
          const before = breaker.state(now);
          if (taken.what === 'wait') now += 400;
          else if (taken.what === 'call') {
            const permit = breaker.enter(now);
            if (permit === undefined) {
              expect(before === 'open' || (before === 'half-open' && probe !== undefined)).toBe(true);
              continue;
            }
            expect([before === 'open', before === 'half-open' && probe !== undefined]).toEqual([
              false,
              false,
            ]);
            breaker.tries(permit);
            if (before === 'half-open') probe = permit;
            out.push(permit);
          } else if ('which' in taken) {
            const permit = end(taken.which);
            if (permit === undefined) continue;
            if (taken.what === 'succeed') breaker.succeeded(permit);
            else if (taken.what === 'fail') breaker.failed(permit, now);
            else breaker.abandoned(permit);
          }
        }
      }),
    );
  });
});
