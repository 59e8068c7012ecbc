import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countTokens } from '../providers/token-count.js';
import { OutputGuard } from './output-guard.js';

describe('OutputGuard', () => {
  it('never lets more tokens through than were held for, and refuses only what would not fit', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(' the', ' venue', '.'),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        fc.integer({ min: 1, max: 80 }),
        (pieces, maxTokens) => {
          const guard = new OutputGuard(maxTokens);
          let passed = '';
          for (const text of pieces) {
            if (guard.refuses({ type: 'delta', text })) {
              expect(countTokens(passed + text)).toBeGreaterThan(maxTokens);
              break;
            }
            passed += text;
            expect(countTokens(passed)).toBeLessThanOrEqual(maxTokens);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('counts the arguments of tools too', () => {
    const guard = new OutputGuard(5);
    const refused = Array.from({ length: 20 }, (_, index) =>
      guard.refuses({ type: 'tool-call', index: 0, arguments: ` word${index}` }),
    );
    expect(refused).toContain(true);
  });
});
