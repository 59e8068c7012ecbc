import { describe, expect, it } from '@jest/globals';
import { InternalKeys, ServiceKeys, secretDigest } from './service-keys.js';

const KEY = 'Kk'.repeat(16);
const NEXT = 'n'.repeat(32);

describe('InternalKeys', () => {
  it.each([
    ['the key', KEY, undefined, true],
    ['the key in the other header', undefined, KEY, true],
    ['the next key', NEXT, undefined, true],
    ['both headers alike', KEY, KEY, true],
    ['two different values, both valid', KEY, NEXT, false],
    ['one valid, one not', KEY, 'x', false],
    ['one valid, one empty', KEY, '', false],
    ['no header', undefined, undefined, false],
    ['an empty one', '', undefined, false],
    ['"undefined"', 'undefined', undefined, false],
    ['"null"', 'null', undefined, false],
    ['a prefix', KEY.slice(0, 31), undefined, false],
    ['a longer one', `${KEY}k`, undefined, false],
    ['the key in capitals', KEY.toUpperCase(), undefined, false],
    ['the key in small letters', undefined, KEY.toLowerCase(), false],
    ['a suffix', KEY.slice(1), undefined, false],
    ['a blank', '   ', undefined, false],
    ['the key and a space', `${KEY} `, undefined, false],
    ['the key in quotes', `"${KEY}"`, undefined, false],
    ['the digest of the key', secretDigest(KEY).toString('hex'), undefined, false],
    ['both keys at once', `${KEY},${NEXT}`, undefined, false],
    ['the key and its successor in both headers', NEXT, KEY, false],
    ['an empty one beside the key', '', KEY, false],
    ['an empty array', [], undefined, false],
    ['an array', [KEY], undefined, false],
    ['an array beside the key', KEY, [KEY], false],
    ['the key sent twice', `${KEY}, ${KEY}`, undefined, false],
  ])('%s', (_, internalApiKey, apiKey, accepted) => {
    expect(new InternalKeys([KEY, NEXT]).accepts(internalApiKey, apiKey)).toBe(accepted);
  });

  it.each([[[]], [[undefined]], [['']], [['   ']], [['', undefined]], [['\t\n']]])(
    'nothing opens when configured with %j',
    (configured) => {
      const keys = new InternalKeys(configured);
      for (const presented of [undefined, '', ' ', '   ', '\t\n', 'undefined', 'null', ',', KEY]) {
        expect(keys.accepts(presented, undefined)).toBe(false);
        expect(keys.accepts(undefined, presented)).toBe(false);
        expect(keys.accepts(presented, presented)).toBe(false);
      }
    },
  );

  it('the next key alone opens while the first is unset', () => {
    const keys = new InternalKeys([undefined, NEXT]);
    expect([keys.accepts(NEXT, undefined), keys.accepts('undefined', undefined)]).toEqual([true, false]);
  });
});

describe('ServiceKeys', () => {
  const hex = (secret: string) => secretDigest(secret).toString('hex');
  const keys = new ServiceKeys(`vault:${hex(KEY)},vault:${hex(NEXT)},studio:${hex('s'.repeat(32))}`);

  it.each([
    ['vault', KEY, true],
    ['vault', NEXT, true],
    ['vault', KEY.toUpperCase(), false],
    ['vault', KEY.slice(1), false],
    ['vault', `${KEY} `, false],
    ['vault', hex(KEY), false],
    ['VAULT', KEY, false],
    ['', KEY, false],
    ['vault', 'undefined', false],
    ['studio', KEY, false],
    ['llm-orch', KEY, false],
    ['__proto__', KEY, false],
    ['vault', '', false],
    ['vault', undefined, false],
    [undefined, KEY, false],
    [['vault'], KEY, false],
    ['vault', [KEY], false],
  ])('%j with %j: %p', (name, key, accepted) => {
    expect(keys.accepts(name, key)).toBe(accepted);
  });
});
