import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { usageOf } from './anthropic-usage.js';

it('Anthropic usage lies in buckets that add up to all that was billed', () => {
  const tokens = fc.nat({ max: 1_000_000 });
  fc.assert(
    fc.property(tokens, tokens, tokens, tokens, tokens, (input, read, minutes, hour, output) => {
      const { source: _, ...buckets } = usageOf({
        input_tokens: input,
        cache_read_input_tokens: read,
        cache_creation_input_tokens: minutes + hour,
        cache_creation: { ephemeral_5m_input_tokens: minutes, ephemeral_1h_input_tokens: hour },
        output_tokens: output,
      }) ?? { source: 'none' };
      const sum = Object.values(buckets).reduce((total, part) => total + part, 0);
      expect(sum).toBe(input + read + minutes + hour + output);
    }),
  );
});
