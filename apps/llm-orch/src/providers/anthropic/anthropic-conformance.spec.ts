import { ableModel, PATIENCE, vendorUnderTest } from '../faults/vendor-under-test.fake.js';
import { describeTextProvider } from '../text-provider.conformance.js';
import { AnthropicTextProvider } from './anthropic-text-provider.js';
import { AnthropicWire } from './anthropic-wire.fake.js';

const MODEL = 'claude-haiku-4-5';

describeTextProvider('anthropic', () =>
  vendorUnderTest({
    wire: new AnthropicWire('sk-ant-test'),
    provider: (baseUrl) =>
      new AnthropicTextProvider({
        apiKey: 'sk-ant-test',
        baseUrl,
        models: [ableModel(MODEL)],
        ...PATIENCE,
      }),
    model: MODEL,
    faults: [
      ['rate_limited', 'no'], ['overloaded', 'no'], ['server', 'maybe'], ['timeout', 'maybe'], ['context_length', 'no'],
      ['invalid_request', 'no'], ['auth', 'no'], ['quota_exhausted', 'no'],
    ], // prettier-ignore
    usage: {
      inputTokens: 20,
      cachedTokens: 100,
      cacheWriteTokens: 5,
      cacheWriteHourTokens: 6,
      outputTokens: 7,
    },
  }),
);
