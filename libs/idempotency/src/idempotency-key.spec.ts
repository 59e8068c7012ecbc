import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CatalogueError } from '@eventzr/http';
import { parseIdempotencyKey } from './idempotency-key.js';

const printable = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 255,
});
const quoted = (key: string): string => `"${key.replace(/["\\]/g, '\\$&')}"`;

function refusal(header: string): unknown {
  try {
    return parseIdempotencyKey(header);
  } catch (error) {
    return error instanceof CatalogueError ? error.entry.code : error;
  }
}

describe('Idempotency-Key', () => {
  it('is the same key bare and quoted', () => {
    const bare = printable.filter((key) => key.trim() === key && !key.startsWith('"'));
    fc.assert(
      fc.property(
        bare,
        (key) => parseIdempotencyKey(key) === key && parseIdempotencyKey(quoted(key)) === key,
      ),
    );
  });

  it('keeps any printable key in quotes', () => {
    fc.assert(fc.property(printable, (key) => parseIdempotencyKey(quoted(key)) === key));
  });

  it('is absent without a header', () => {
    expect(parseIdempotencyKey(undefined)).toBeUndefined();
  });

  it.each(['', '   ', '""', '"open', '"a"b"', '"a\\"', 'a'.repeat(256), 'café', 'a\tb', 'a\u007f'])(
    'refuses %j',
    (header) => {
      expect(refusal(header)).toBe('VALIDATION_FAILED');
    },
  );

  it('refuses whatever holds a character outside of printable ASCII', () => {
    const outside = fc
      .string({ minLength: 1, unit: 'binary' })
      .filter((text) => !/^[\x20-\x7e]*$/.test(text.trim()));
    fc.assert(fc.property(outside, (text) => refusal(text) === 'VALIDATION_FAILED'));
  });

  it('takes 255 characters', () => {
    expect(parseIdempotencyKey('k'.repeat(255))).toHaveLength(255);
  });
});
