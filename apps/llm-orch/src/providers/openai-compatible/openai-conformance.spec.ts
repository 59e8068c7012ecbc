import { ableModel, PATIENCE, vendorUnderTest } from '../faults/vendor-under-test.fake.js';
import { describeTextProvider } from '../text-provider.conformance.js';
import { OpenAiCompatibleTextProvider } from './openai-compatible-text-provider.js';
import { OpenAiWire } from './openai-wire.fake.js';

const MODEL = 'gpt-4.1-mini';

describeTextProvider('openai-compatible', () =>
  vendorUnderTest({
    wire: new OpenAiWire('sk-test'),
    provider: (baseUrl) =>
      new OpenAiCompatibleTextProvider({
        name: 'openai',
        apiKey: 'sk-test',
        baseUrl: `${baseUrl}/v1`,
        models: [ableModel(MODEL)],
        ...PATIENCE,
      }),
    model: MODEL,
    faults: [
      ['rate_limited', 'no'], ['overloaded', 'no'], ['server', 'maybe'], ['timeout', 'maybe'], ['context_length', 'no'],
      ['content_filter', 'no'], ['invalid_request', 'no'], ['auth', 'no'], ['quota_exhausted', 'no'],
    ], // prettier-ignore
    usage: { inputTokens: 20, cachedTokens: 100, cacheWriteTokens: 5, outputTokens: 7, reasoningTokens: 3 },
  }),
);
