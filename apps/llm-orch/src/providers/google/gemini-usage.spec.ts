import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { usageOf } from './gemini-usage.js';

it('Gemini usage lies in buckets that add up to all that was billed', () => {
  const tokens = fc.nat({ max: 1_000_000 });
  fc.assert(
    fc.property(tokens, tokens, tokens, tokens, tokens, (text, audio, cached, written, thought) => {
      const prompt = text + audio + cached;
      const { source: _, ...buckets } = usageOf({
        promptTokenCount: prompt,
        cachedContentTokenCount: cached,
        candidatesTokenCount: written,
        thoughtsTokenCount: thought,
        totalTokenCount: prompt + written + thought,
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: text + cached },
          { modality: 'AUDIO', tokenCount: audio },
        ],
        cacheTokensDetails: [{ modality: 'TEXT', tokenCount: cached }],
      }) ?? { source: 'none' };
      const sum = Object.values(buckets).reduce((total, part) => total + part, 0);
      expect(sum).toBe(prompt + written + thought);
    }),
  );
});
