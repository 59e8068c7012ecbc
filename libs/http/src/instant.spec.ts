import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { IsInstant } from './instant.js';

class Appointment {
  @IsInstant()
  at!: unknown;
}

const isAccepted = (at: unknown) => validateSync(Object.assign(new Appointment(), { at })).length === 0;

describe('IsInstant', () => {
  it('accepts what clocks write', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }), (date) =>
        isAccepted(date.toISOString()),
      ),
    );
    for (const at of ['2026-01-15', '2026-01-15T09:00Z', '2026-01-15T09:00:00+05:30', '9999-12-31T23:59:59Z'])
      expect(isAccepted(at)).toBe(true);
  });

  it.each(['9999-12-31T23:59:59-12:00', '0001-01-01T00:00:00+12:00'])(
    'refuses %s, whose year in UTC is not one of four digits from 1 on',
    (at) => expect(isAccepted(at)).toBe(false),
  );

  it.each(['2026-W05-1', '2026-02-30', '2026-01-15T09', '2026-015', '20260115', 'soon', '', null, 5, {}])(
    'refuses %j, which is no date or one that Date does not know',
    (at) => expect(isAccepted(at)).toBe(false),
  );
});
