import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boundary, plusMonths, zonedInstant, type Anchor } from './calendar.js';

const DAY_MS = 86_400_000;

function anchorAt(local: string, zone = 'UTC', unit: Anchor['unit'] = 'month', count = 1): Anchor {
  return { localMs: Date.parse(`${local}Z`), zone, unit, count };
}

function dates(anchor: Anchor, indices: readonly number[]): string[] {
  return indices.map((index) => boundary(anchor, index).toISOString().slice(0, 10));
}

describe('boundary', () => {
  it('keeps the 31st where there is one, and the last day where there is none', () => {
    const january31 = anchorAt('2026-01-31T00:00:00');
    expect(dates(january31, [0, 1, 2, 3, 4])).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
    ]);
    expect(dates(anchorAt('2027-12-31T00:00:00'), [2, 3])).toEqual(['2028-02-29', '2028-03-31']);
  });

  it('returns to 29 February in leap years', () => {
    const leapDay = anchorAt('2024-02-29T08:00:00', 'UTC', 'year');
    expect(dates(leapDay, [1, 2, 3, 4])).toEqual(['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']);
  });

  it('goes backwards by index as well', () => {
    expect(dates(anchorAt('2026-03-31T00:00:00'), [-1, -2])).toEqual(['2026-02-28', '2026-01-31']);
  });

  it('stays at the same local time across the seasons', () => {
    const berlin = anchorAt('2026-02-15T09:00:00', 'Europe/Berlin');
    expect(boundary(berlin, 1).toISOString()).toBe('2026-03-15T08:00:00.000Z');
    expect(boundary(berlin, 2).toISOString()).toBe('2026-04-15T07:00:00.000Z');
  });

  it('is the anchor plus whole intervals, on the anchor’s day or the last of the month', () => {
    fc.assert(
      fc.property(
        instants(),
        fc.integer({ min: -60, max: 240 }),
        fc.integer({ min: 1, max: 12 }),
        (localMs, index, count) => {
          const local = new Date(boundary({ localMs, zone: 'UTC', unit: 'month', count }, index));
          const from = new Date(localMs);
          const months =
            (local.getUTCFullYear() - from.getUTCFullYear()) * 12 + local.getUTCMonth() - from.getUTCMonth();
          expect(months).toBe(index * count);
          const last = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
          expect(local.getUTCDate()).toBe(Math.min(from.getUTCDate(), last));
          expect((local.getTime() - localMs) % DAY_MS === 0).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('always moves forward, in every zone, so that no period is empty', () => {
    fc.assert(
      fc.property(
        instants(),
        zones(),
        fc.nat(120),
        fc.constantFrom('month' as const, 'year' as const),
        (localMs, zone, index, unit) => {
          const anchor = { localMs, zone, unit, count: 1 };
          const length = boundary(anchor, index + 1).getTime() - boundary(anchor, index).getTime();
          expect(length).toBeGreaterThanOrEqual((unit === 'month' ? 27 : 364) * DAY_MS);
          expect(length).toBeLessThanOrEqual((unit === 'month' ? 32 : 367) * DAY_MS);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('zonedInstant', () => {
  it.each([
    [
      '2026-03-29T02:30:00',
      'Europe/Berlin',
      '2026-03-29T01:30:00.000Z',
      'skipped: forward by the gap, 03:30 local',
    ],
    ['2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z', 'repeated: the earlier one'],
    ['2026-03-08T02:30:00', 'America/New_York', '2026-03-08T07:30:00.000Z', 'skipped'],
    ['2026-11-01T01:30:00', 'America/New_York', '2026-11-01T05:30:00.000Z', 'repeated'],
    ['2026-10-04T02:15:00', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z', 'skipped half an hour'],
    ['2026-04-05T01:45:00', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z', 'repeated half an hour'],
    ['2011-12-30T12:00:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z', 'a day that never was'],
    ['2026-06-15T12:00:00', 'Asia/Kathmandu', '2026-06-15T06:15:00.000Z', 'an odd offset'],
  ])('%s in %s is %s (%s)', (local, zone, expected) => {
    expect(zonedInstant(Date.parse(`${local}Z`), zone).toISOString()).toBe(expected);
  });

  it('shows the local time that was asked for, or one later by at most the gap', () => {
    fc.assert(
      fc.property(instants(), zones(), (localMs, zone) => {
        const shown = localTime(zonedInstant(localMs, zone), zone);
        const late = shown - Math.floor(localMs / 1000) * 1000;
        expect([0, 1_800_000, 3_600_000, 7_200_000, DAY_MS]).toContain(late);
      }),
      { numRuns: 500 },
    );
  });
});

describe('plusMonths', () => {
  it('keeps the time of day', () => {
    expect(new Date(plusMonths(Date.parse('2026-01-31T23:59:59.999Z'), 1)).toISOString()).toBe(
      '2026-02-28T23:59:59.999Z',
    );
  });
});

function instants(): fc.Arbitrary<number> {
  return fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2049, 11, 31) });
}

function zones(): fc.Arbitrary<string> {
  return fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Africa/Cairo',
    'Pacific/Chatham',
  );
}

function localTime(instant: Date, zone: string): number {
  const text = instant.toLocaleString('sv-SE', { timeZone: zone });
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}
