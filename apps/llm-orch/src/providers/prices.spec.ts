import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { priceFaults } from './price-faults.js';
import { PRICE_TABLE, PRICES_NOTED_ON } from './price-table.js';
import {
  boundInputTokens,
  costMicroUsd,
  findPrice,
  maxAffordableTokens,
  upperBoundMicroUsd,
} from './prices.js';
import { countMessageTokens, countTokens } from './token-count.js';

const PRICE = {
  provider: 'p',
  model: 'm',
  inputMicroUsdPerMTok: 150_000,
  cachedInputMicroUsdPerMTok: 75_000,
  outputMicroUsdPerMTok: 600_000,
};
const anyPrice = fc.constantFrom(...PRICE_TABLE);
const tokens = fc.integer({ min: 0, max: 10_000_000 });

describe('price table', () => {
  it('is usable as it stands', () => {
    expect(priceFaults([PRICE])).toEqual([]);
    expect(priceFaults(PRICE_TABLE)).toEqual([]);
  });

  it.each([
    ['a price per token', { inputMicroUsdPerMTok: 1 }],
    ['a price per thousand with too many noughts', { outputMicroUsdPerMTok: 5_000_000_000 }],
    ['a broken number', { cacheWriteMicroUsdPerMTok: Number.NaN }],
    ['half a micro-dollar', { inputMicroUsdPerMTok: 1_000.5 }],
    ['free input', { inputMicroUsdPerMTok: 0 }],
    ['columns that were swapped', { inputMicroUsdPerMTok: 600_000, outputMicroUsdPerMTok: 150_000 }],
    ['a cache dearer than none', { cachedInputMicroUsdPerMTok: 300_000 }],
  ])('is refused with %s', (_mistake, change) => {
    expect(priceFaults([{ ...PRICE, ...change }])).not.toEqual([]);
  });

  it('is refused with a model priced twice', () => {
    expect(priceFaults([PRICE, PRICE])).toEqual(['p/m: priced twice']);
  });

  it('knows the local planner and refuses to guess', () => {
    expect(findPrice('local', 'local-planner-1')?.outputMicroUsdPerMTok).toBe(200_000);
    expect(findPrice('openai', 'gpt-99')).toBeUndefined();
  });

  it('prices a model at others than its vendor, and whatever runs on a server of one’s own', () => {
    expect(findPrice('azure', 'gpt-4.1')?.inputMicroUsdPerMTok).toBe(2_000_000);
    expect(findPrice('openrouter', 'anthropic/claude-opus-5.5')?.cacheWriteHourMicroUsdPerMTok).toBe(
      8_000_000,
    );
    expect(findPrice('aws-bedrock', 'anthropic.claude-3-sonnet-20240229-v1:0')).toBeDefined();
    expect(findPrice('ollama', 'llama3.2:3b')?.outputMicroUsdPerMTok).toBe(200_000);
  });

  it('says of every vendor when its rows were written down', () => {
    const derived = ['azure', 'openrouter', 'ollama', 'vllm'];
    const vendors = new Set(PRICE_TABLE.map(({ provider }) => provider));
    expect([...vendors].filter((provider) => !derived.includes(provider)).sort()).toEqual(
      Object.keys(PRICES_NOTED_ON).sort(),
    );
  });
});

describe('costMicroUsd', () => {
  it('prices each bucket at its own rate and rounds up once', () => {
    const price = {
      ...PRICE,
      cacheWriteMicroUsdPerMTok: 187_500,
      cacheWriteHourMicroUsdPerMTok: 300_000,
      audioInputMicroUsdPerMTok: 900_000,
      reasoningMicroUsdPerMTok: 700_000,
    };
    const none = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 };
    expect(costMicroUsd({ ...none, cacheWriteTokens: 1_000_000 }, price)).toBe(187_500);
    expect(costMicroUsd({ ...none, cacheWriteHourTokens: 1_000_000 }, price)).toBe(300_000);
    expect(costMicroUsd({ ...none, audioInputTokens: 1_000_000 }, price)).toBe(900_000);
    expect(costMicroUsd({ ...none, imageInputTokens: 1_000_000 }, price)).toBe(150_000);
    expect(costMicroUsd({ ...none, reasoningTokens: 1_000_000 }, price)).toBe(700_000);
    expect(costMicroUsd({ ...none, audioOutputTokens: 1_000_000 }, price)).toBe(600_000);
    expect(costMicroUsd({ inputTokens: 1_000_000, cachedTokens: 0, outputTokens: 0 }, price)).toBe(150_000);
    expect(costMicroUsd({ inputTokens: 0, cachedTokens: 1_000_000, outputTokens: 0 }, price)).toBe(75_000);
    expect(costMicroUsd({ inputTokens: 1, cachedTokens: 0, outputTokens: 0 }, price)).toBe(1);
    expect(costMicroUsd({ inputTokens: 0, cachedTokens: 0, outputTokens: 0 }, price)).toBe(0);
  });

  it('never rounds below the exact price', () => {
    fc.assert(
      fc.property(tokens, tokens, tokens, anyPrice, (inputTokens, cachedTokens, outputTokens, price) => {
        const exact =
          BigInt(inputTokens) * BigInt(price.inputMicroUsdPerMTok) +
          BigInt(cachedTokens) * BigInt(price.cachedInputMicroUsdPerMTok) +
          BigInt(outputTokens) * BigInt(price.outputMicroUsdPerMTok);
        const cost = BigInt(costMicroUsd({ inputTokens, cachedTokens, outputTokens }, price)) * 1_000_000n;
        expect(cost >= exact && cost - exact < 1_000_000n).toBe(true);
      }),
    );
  });
});

describe('upperBoundMicroUsd', () => {
  it('is never below the cost of any usage within the bounds', () => {
    fc.assert(
      fc.property(
        tokens,
        tokens,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        anyPrice,
        (inputTokensBound, maxTokens, cachedShare, usedShare, price) => {
          const cachedTokens = Math.floor(inputTokensBound * cachedShare);
          const cacheWriteHourTokens = inputTokensBound - cachedTokens;
          const outputTokens = Math.floor(maxTokens * usedShare);
          const usage = {
            inputTokens: 0,
            cachedTokens,
            cacheWriteHourTokens,
            outputTokens,
            reasoningTokens: maxTokens - outputTokens,
          };
          expect(upperBoundMicroUsd({ inputTokensBound, maxTokens, price })).toBeGreaterThanOrEqual(
            costMicroUsd(usage, price),
          );
        },
      ),
    );
  });
});

describe('maxAffordableTokens', () => {
  it('is the largest number that fits: one token more would pass the ceiling', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000_000 }),
        fc.integer({ min: 0, max: 200_000 }),
        anyPrice.filter(({ outputMicroUsdPerMTok }) => outputMicroUsdPerMTok > 0),
        (ceilingMicroUsd, inputTokensBound, price) => {
          const affordable = maxAffordableTokens({ ceilingMicroUsd, inputTokensBound, price });
          if (affordable > 0) {
            expect(
              upperBoundMicroUsd({ inputTokensBound, maxTokens: affordable, price }),
            ).toBeLessThanOrEqual(ceilingMicroUsd);
          }
          expect(upperBoundMicroUsd({ inputTokensBound, maxTokens: affordable + 1, price })).toBeGreaterThan(
            ceilingMicroUsd,
          );
        },
      ),
    );
  });
});

describe('boundInputTokens', () => {
  it('is never below the real count, whatever the script', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (contents) => {
        const messages = contents.map((content) => ({ role: 'user' as const, content }));
        expect(boundInputTokens({ messages })).toBeGreaterThanOrEqual(countMessageTokens(messages));
      }),
    );
  });

  it('covers tools, their results and a schema', () => {
    const messages = [{ role: 'user' as const, content: 'book it' }];
    const tool = {
      name: 'book',
      description: 'Books a hall',
      parameters: { type: 'object', properties: {} },
    };
    const plain = boundInputTokens({ messages });
    const offered = boundInputTokens({ messages, tools: [tool] });
    expect(offered - plain).toBeGreaterThan(countTokens(JSON.stringify(tool)) + 500);
    const schema = { name: 'plan', schema: tool.parameters };
    expect(boundInputTokens({ messages, responseFormat: schema })).toBeGreaterThan(plain);
    const called = {
      role: 'assistant' as const,
      content: '',
      toolCalls: [{ id: 'c1', name: 'book', arguments: '{}' }],
    };
    const result = { role: 'tool' as const, content: 'done', toolCallId: 'c1' };
    const bound = boundInputTokens({ messages: [...messages, called, result], tools: [tool] });
    expect(bound).toBeGreaterThan(offered + countTokens(JSON.stringify(called)));
  });

  it('covers characters that grow when a tokenizer normalises them', () => {
    const ligature = '\uFDFA'.repeat(10);
    const bound = boundInputTokens({ messages: [{ role: 'user', content: ligature }] });
    expect(bound).toBeGreaterThanOrEqual(Buffer.byteLength(ligature.normalize('NFKC')));
  });

  it('reads control-token look-alikes as plain text', () => {
    expect(countTokens('<|endoftext|>')).toBeGreaterThan(1);
  });
});
