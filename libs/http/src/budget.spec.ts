import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseUsd } from './budget.js';

describe('parseUsd', () => {
  it.each([
    '',
    ' ',
    '-1',
    '+1',
    '1e3',
    '.5',
    '1.',
    '0x10',
    'NaN',
    'Infinity',
    '1,5',
    '1_000',
    '$5',
    '12345678',
    '0',
    '0.0000009',
  ])('gives nothing for %j', (text) => {
    expect(parseUsd(text)).toBe(0);
  });

  it("reads the guides' amounts", () => {
    expect(parseUsd('0.05')).toBe(50_000);
    expect(parseUsd('0.10')).toBe(100_000);
  });

  it('never rounds up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_999_999 }),
        fc.stringMatching(/^\d{1,12}$/),
        (whole, fraction) => {
          const micros = BigInt(parseUsd(`${whole}.${fraction}`));
          const exactPicos = BigInt(whole) * 10n ** 12n + BigInt(fraction.padEnd(12, '0'));
          expect(micros * 10n ** 6n).toBeLessThanOrEqual(exactPicos);
          expect(exactPicos - micros * 10n ** 6n).toBeLessThan(10n ** 6n);
        },
      ),
    );
  });
});
