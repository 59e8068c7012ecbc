import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { repeatsAKey } from './json-keys.js';

describe('repeatsAKey', () => {
  it.each([
    ['{"a":1,"a":2}', true],
    ['{"a":1,"\\u0061":2}', true],
    ['{"a" : 1 , "b":{"c":1,"c":2}}', true],
    ['{"a":[{"x":1},{"x":2}]}', false],
    ['{"a":"b","b":"a"}', false],
    ['{"a":"\\"a\\":1","b":["a","a"]}', false],
    ['{"a":"{","b":"}"}', false],
    ['{"a":1,"A":2}', false],
    ['{"__proto__":1,"__proto__":2}', true],
  ])('%s: %p', (json, repeats) => {
    expect(repeatsAKey(json)).toBe(repeats);
  });

  it('never accuses what JSON.stringify wrote', () => {
    fc.assert(fc.property(fc.json(), (json) => !repeatsAKey(json)));
  });
});
