import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newAccountToken, readAccountToken } from './account-token.js';

const text = (digest: Uint8Array | undefined) => Buffer.from(digest ?? []).toString('hex');

describe('a mailed token', () => {
  it('names its tenant, and no two are the same', () => {
    fc.assert(
      fc.property(fc.uuid(), (tenantId) => {
        const [one, two] = [newAccountToken(tenantId), newAccountToken(tenantId)];
        expect(readAccountToken(one)?.tenantId).toBe(tenantId);
        expect(text(readAccountToken(one)?.digest)).not.toBe(text(readAccountToken(two)?.digest));
      }),
    );
  });

  it('is another one when a character differs', () => {
    const token = newAccountToken('00000000-0000-0000-0000-000000000001');
    fc.assert(
      fc.property(fc.nat(63), (place) => {
        const other = token[place] === 'A' ? 'B' : 'A';
        const altered = token.slice(0, place) + other + token.slice(place + 1);
        expect(text(readAccountToken(altered)?.digest)).not.toBe(text(readAccountToken(token)?.digest));
      }),
    );
  });

  it('is nothing else', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }).filter((value) => value.length !== 64),
        (value) => {
          expect(readAccountToken(value)).toBeUndefined();
        },
      ),
    );
    expect(readAccountToken('+'.repeat(64))).toBeUndefined();
  });
});
