import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { usageOf } from './bedrock-usage.js';

it('Bedrock usage lies in buckets that add up to all that was billed', () => {
  const tokens = fc.nat({ max: 1_000_000 });
  fc.assert(
    fc.property(tokens, tokens, tokens, tokens, tokens, (input, read, minutes, hour, output) => {
      const totalTokens = input + read + minutes + hour + output;
      const { source: _, ...buckets } = usageOf({
        inputTokens: input,
        outputTokens: output,
        totalTokens,
        cacheReadInputTokens: read,
        cacheWriteInputTokens: minutes + hour,
        cacheDetails: [{ ttl: '1h', inputTokens: hour }],
      }) ?? { source: 'none' };
      expect(Object.values(buckets).reduce((total, part) => total + part, 0)).toBe(totalTokens);
    }),
  );
});
