import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StillPending } from './polling.js';
import { ProgressMeter } from './progress-meter.js';

/** A clock that stands until it is moved. */
class Standing {
  constructor(public ms = 0) {}
  now(): Date {
    return new Date(this.ms);
  }
}

describe('ProgressMeter', () => {
  it('tells once a second at most, however often a renderer reports', () => {
    const clock = new Standing();
    const meter = new ProgressMeter(1, 0, clock);
    const told: [number, number][] = [];
    for (let step = 0; step <= 300; step++) {
      clock.ms = step * 10;
      const progress = meter.tick(0, step / 3);
      if (progress !== undefined) told.push([clock.ms, progress]);
    }
    expect(told).toEqual([
      [20, 1],
      [1_020, 32],
      [2_020, 64],
    ]);
  });

  it('tells a finished piece at once, within the second too', () => {
    const clock = new Standing();
    const meter = new ProgressMeter(2, 0, clock);
    expect(meter.tick(0, 50)).toBe(24);
    expect(meter.tick(0, 90)).toBeUndefined();
    expect(meter.piece(0, {})).toBe(48);
    expect(meter.piece(1, {})).toBe(95);
  });

  it('counts what a vendor says of its task, and nothing where it says nothing', () => {
    const meter = new ProgressMeter(1, 0, new Standing());
    expect(meter.piece(0, new StillPending(1_000, 40))).toBe(38);
    expect(meter.piece(0, new StillPending(1_000))).toBeUndefined();
  });

  it('never goes back, never beyond 95, never twice the same, whatever is reported', () => {
    const reports = fc.array(
      fc.record({
        piece: fc.nat({ max: 3 }),
        percent: fc.oneof(fc.double(), fc.double({ min: 0, max: 100 })),
        afterMs: fc.nat({ max: 3_000 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(reports, fc.nat({ max: 95 }), (all, told) => {
        const clock = new Standing();
        const meter = new ProgressMeter(4, told, clock);
        let [last, lastMs] = [told, -Infinity];
        for (const { piece, percent, afterMs } of all) {
          clock.ms += afterMs;
          const progress = meter.tick(piece, percent);
          if (progress === undefined) continue;
          expect(progress).toBeGreaterThan(last);
          expect(progress).toBeLessThanOrEqual(95);
          expect(clock.ms - lastMs).toBeGreaterThanOrEqual(1_000);
          [last, lastMs] = [progress, clock.ms];
        }
      }),
    );
  });
});
