import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PRICE_TABLE } from './price-table.js';
import {
  boundInputTokens,
  costMicroUsd,
  findPrice,
  maxAffordableTokens,
  upperBoundMicroUsd,
} from './prices.js';
import { countMessageTokens, countTokens } from './token-count.js';

const anyPrice = fc.constantFrom(...PRICE_TABLE);
const tokens = fc.integer({ min: 0, max: 10_000_000 });

describe('price table', () => {
  it('has one row per model, whole positive rates and output never cheaper than input', () => {
    expect(new Set(PRICE_TABLE.map((row) => `${row.provider}/${row.model}`)).size).toBe(PRICE_TABLE.length);
    for (const row of PRICE_TABLE) {
      for (const rate of [
        row.inputMicroUsdPerMTok,
        row.cachedInputMicroUsdPerMTok,
        row.outputMicroUsdPerMTok,
      ]) {
        expect(Number.isInteger(rate) && rate > 0 && rate < 1_000_000_000).toBe(true);
      }
      expect(row.outputMicroUsdPerMTok).toBeGreaterThanOrEqual(row.inputMicroUsdPerMTok);
    }
  });

  it('knows the local planner and refuses to guess', () => {
    expect(findPrice('local', 'local-planner-1')?.outputMicroUsdPerMTok).toBe(200_000);
    expect(findPrice('openai', 'gpt-99')).toBeUndefined();
  });
});

describe('costMicroUsd', () => {
  it('prices each bucket at its own rate and rounds up once', () => {
    const price = {
      provider: 'p',
      model: 'm',
      inputMicroUsdPerMTok: 150_000,
      cachedInputMicroUsdPerMTok: 75_000,
      outputMicroUsdPerMTok: 600_000,
    };
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
          const usage = {
            inputTokens: inputTokensBound - cachedTokens,
            cachedTokens,
            outputTokens: Math.floor(maxTokens * usedShare),
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
        anyPrice,
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
        expect(boundInputTokens(messages)).toBeGreaterThanOrEqual(countMessageTokens(messages));
      }),
    );
  });

  it('covers characters that grow when a tokenizer normalises them', () => {
    const ligature = '\uFDFA'.repeat(10);
    const bound = boundInputTokens([{ role: 'user', content: ligature }]);
    expect(bound).toBeGreaterThanOrEqual(Buffer.byteLength(ligature.normalize('NFKC')));
  });

  it('reads control-token look-alikes as plain text', () => {
    expect(countTokens('<|endoftext|>')).toBeGreaterThan(1);
  });
});
