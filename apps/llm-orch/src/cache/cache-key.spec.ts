import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CompletionMessage } from '../providers/completion.js';
import type { CacheableWish, CacheScope } from './cache-key.js';
import { cacheKeyOf } from './cache-key.js';
import { mayBeKept, mayUseCache } from './cache-rules.js';

const SCOPE: CacheScope = { provider: 'openai', model: 'gpt-4.1-mini', locale: 'en', day: '2026-11-27' };
const WISH: CacheableWish = {
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Plan a party' },
  ],
  maxTokens: 500,
};

const text = fc.string({ minLength: 1, maxLength: 20 });
const schema = fc.record({ name: text, schema: fc.dictionary(text, text), strict: fc.boolean() });
const tool = fc.record({ name: text, parameters: fc.dictionary(text, text) });
/** One arbitrary per field that decides an answer. */
const FIELDS: { readonly [Field in keyof Required<CacheableWish>]: fc.Arbitrary<unknown> | undefined } = {
  messages: fc.array(fc.record({ role: fc.constantFrom('system', 'user', 'assistant'), content: text }), {
    minLength: 1,
  }),
  maxTokens: fc.integer({ min: 1, max: 8_192 }),
  temperature: fc.double({ min: 0, max: 2, noNaN: true }),
  topP: fc.double({ min: 0, max: 1, noNaN: true }),
  stop: fc.array(text, { maxLength: 4 }),
  seed: fc.integer(),
  responseFormat: fc.oneof(fc.constantFrom('text', 'json'), schema),
  tools: fc.array(tool, { minLength: 1, maxLength: 3 }),
  toolChoice: fc.oneof(fc.constantFrom('auto', 'none', 'required'), fc.record({ name: text })),
  useCase: fc.constantFrom('chat', 'planning', 'email'),
  // These say how the cache is used and decide nothing about the answer.
  cache: undefined,
  cacheMinSimilarity: undefined,
};
const decisive = Object.entries(FIELDS).flatMap(([field, values]) =>
  values === undefined ? [] : [{ field, values }],
);

const changedField = fc
  .constantFrom(...decisive)
  .chain(({ field, values }) => fc.record({ field: fc.constant(field), value: values }));

describe('the exact key', () => {
  it('differs whenever any generation field does', () => {
    fc.assert(
      fc.property(changedField, changedField, (one, other) => {
        const a = { ...WISH, [one.field]: one.value };
        const b = { ...WISH, [other.field]: other.value };
        const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
        expect(cacheKeyOf(a, SCOPE).exactKey === cacheKeyOf(b, SCOPE).exactKey).toBe(same);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['provider', 'model', 'locale', 'day'] as const)('differs by %s', (field) => {
    expect(cacheKeyOf(WISH, { ...SCOPE, [field]: 'other' }).exactKey).not.toBe(
      cacheKeyOf(WISH, SCOPE).exactKey,
    );
  });

  it('does not depend on how the cache may be used', () => {
    const asked = cacheKeyOf({ ...WISH, cache: 'exact', cacheMinSimilarity: 0.99 }, SCOPE);
    expect(asked).toEqual(cacheKeyOf(WISH, SCOPE));
  });
});

describe('the partition of similar prompts', () => {
  const said = (content: string, before: readonly CompletionMessage[] = []) =>
    cacheKeyOf({ ...WISH, messages: [...before, { role: 'user', content }] }, SCOPE);

  it('is shared by two wordings, whose exact keys differ', () => {
    const [a, b] = [said('Plan a party'), said('Please plan a party')];
    expect([a.partition, a.meaning]).toEqual([b.partition, b.meaning]);
    expect(a.exactKey).not.toBe(b.exactKey);
  });

  it('is another with any other field changed, the last message aside', () => {
    fc.assert(
      fc.property(changedField, ({ field, value }) => {
        fc.pre(field !== 'messages' && JSON.stringify(value) !== JSON.stringify((WISH as never)[field]));
        expect(cacheKeyOf({ ...WISH, [field]: value }, SCOPE).partition).not.toEqual(
          cacheKeyOf(WISH, SCOPE).partition,
        );
      }),
    );
  });

  it('is another after other earlier turns or under another system prompt', () => {
    const after = (content: string) => said('Plan a party', [{ role: 'assistant', content }]).partition;
    const under = (content: string) => said('Plan a party', [{ role: 'system', content }]).partition;
    expect(after('For whom?')).not.toEqual(after('Where?'));
    expect(under('Be brief.').systemHash).not.toBe(under('Be long.').systemHash);
  });
});

describe('the cache is left alone', () => {
  it.each([
    ['by wish', { cache: 'off' }],
    ['for chance', { temperature: 0.1 }],
    ['for tools', { tools: [{ name: 'book', parameters: {} }] }],
    ['for results of tools', { messages: [{ role: 'tool', content: 'booked', toolCallId: '1' }] }],
    ['for a card number', { messages: [{ role: 'user', content: 'Charge 4111 1111 1111 1111' }] }],
    ['for an address', { messages: [{ role: 'user', content: 'Write to anna@example.com' }] }],
  ] as const)('%s', (_why, change) => {
    expect(mayUseCache({ ...WISH, ...change })).toBe(false);
  });

  it('else it is used, with temperature 0 too', () => {
    expect([mayUseCache(WISH), mayUseCache({ ...WISH, temperature: 0 })]).toEqual([true, true]);
  });

  it('an answer that was cut, asks for tools or is empty is not kept', () => {
    const usage = { inputTokens: 1, outputTokens: 1, cachedTokens: 0, source: 'counted' } as const;
    const whole = { text: 'Come.', model: 'm', finishReason: 'stop', usage, limits: [] } as const;
    expect(mayBeKept(whole)).toBe(true);
    expect(mayBeKept({ ...whole, finishReason: 'length' })).toBe(false);
    expect(mayBeKept({ ...whole, text: '' })).toBe(false);
    expect(mayBeKept({ ...whole, toolCalls: [{ id: '1', name: 'book', arguments: '{}' }] })).toBe(false);
  });
});

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b)));
}
