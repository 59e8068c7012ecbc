import { describe, expect, it } from '@jest/globals';
import { InternalKeys, ServiceKeys, secretDigest } from './service-keys.js';

const KEY = 'k'.repeat(32);
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
    ['an array', [KEY], undefined, false],
    ['an array beside the key', KEY, [KEY], false],
    ['the key sent twice', `${KEY}, ${KEY}`, undefined, false],
  ])('%s', (_, internalApiKey, apiKey, accepted) => {
    expect(new InternalKeys([KEY, NEXT]).accepts(internalApiKey, apiKey)).toBe(accepted);
  });

  it.each([[[]], [[undefined]], [['']], [['   ']]])('nothing opens when configured with %j', (configured) => {
    const keys = new InternalKeys(configured);
    for (const presented of [undefined, '', ' ', '   ', 'undefined', 'null'])
      expect(keys.accepts(presented, undefined)).toBe(false);
  });
});

describe('ServiceKeys', () => {
  const hex = (secret: string) => secretDigest(secret).toString('hex');
  const keys = new ServiceKeys(`vault:${hex(KEY)},vault:${hex(NEXT)},studio:${hex('s'.repeat(32))}`);

  it.each([
    ['vault', KEY, true],
    ['vault', NEXT, true],
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
