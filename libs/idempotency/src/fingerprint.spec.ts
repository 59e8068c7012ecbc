import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, fingerprintOf, type RequestFacts } from './fingerprint.js';

const REQUEST: RequestFacts = {
  body: { prompt: 'a fox', n: 1 },
  params: { id: '1' },
  query: { a: '1' },
  wallet: undefined,
  budget: undefined,
};
const hex = (facts: RequestFacts): string => fingerprintOf(facts).toString('hex');

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, item]) => [name, shuffled(item)]),
  );
}

describe('canonical JSON', () => {
  it('means the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value))),
      ),
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => canonicalJson(value) === canonicalJson(shuffled(value))),
    );
  });

  it('tells different values apart', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        const same =
          JSON.stringify(JSON.parse(canonicalJson(left))) ===
          JSON.stringify(JSON.parse(canonicalJson(right)));
        return (canonicalJson(left) === canonicalJson(right)) === same;
      }),
    );
  });

  it('sorts by UTF-16 code units as RFC 8785 shows', () => {
    const sample = {
      '\u20ac': 'Euro',
      '\r': 'CR',
      '\ufb33': 'Dalet',
      '1': 'One',
      '\ud83d\ude00': 'Smiley',
      '\u0080': 'Control',
      '\u00f6': 'o',
    };
    expect(Object.values(JSON.parse(canonicalJson(sample)) as object)).toHaveLength(7);
    expect(canonicalJson(sample)).toBe(
      '{"\\r":"CR","1":"One","\u0080":"Control","ö":"o","€":"Euro","😀":"Smiley","\ufb33":"Dalet"}',
    );
  });
});

describe('fingerprint', () => {
  it('is the same for the same request, however its body is ordered', () => {
    expect(hex(REQUEST)).toBe(hex({ ...REQUEST, body: { n: 1, prompt: 'a fox' } }));
  });

  it.each<[string, Partial<RequestFacts>]>([
    ['body', { body: { prompt: 'a fox', n: 2 } }],
    ['absent body', { body: undefined }],
    ['params', { params: { id: '2' } }],
    ['query', { query: { a: '2' } }],
    ['x-wallet', { wallet: 'team' }],
    ['x-budget-max-usd', { budget: '0.10' }],
  ])('differs by %s', (_, change) => {
    expect(hex({ ...REQUEST, ...change })).not.toBe(hex(REQUEST));
  });

  it('does not confuse a wallet with a budget', () => {
    expect(hex({ ...REQUEST, wallet: '1' })).not.toBe(hex({ ...REQUEST, budget: '1' }));
  });

  it('covers the bytes of every uploaded file and its field, but not where it was spooled', () => {
    const file = {
      field: 'file',
      path: '/tmp/a',
      filename: 'a.png',
      mimeType: 'image/png',
      bytes: 3,
      sha256: 'aa',
    };
    const upload = (change: Partial<typeof file>, fields = { title: 'x' }): string =>
      hex({ ...REQUEST, body: undefined, form: { fields, files: [{ ...file, ...change }] } });
    expect(upload({ path: '/tmp/b' })).toBe(upload({}));
    expect(upload({ sha256: 'bb' })).not.toBe(upload({}));
    expect(upload({ field: 'mask' })).not.toBe(upload({}));
    expect(upload({}, { title: 'y' })).not.toBe(upload({}));
  });

  it('covers raw bytes by their digest', () => {
    expect(hex({ ...REQUEST, body: Buffer.from('a') })).not.toBe(hex({ ...REQUEST, body: Buffer.from('b') }));
  });
});
