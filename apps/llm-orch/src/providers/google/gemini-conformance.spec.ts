import { ableModel, PATIENCE, vendorUnderTest } from '../faults/vendor-under-test.fake.js';
import { describeTextProvider } from '../text-provider.conformance.js';
import { GeminiTextProvider } from './gemini-text-provider.js';
import { GeminiWire } from './gemini-wire.fake.js';

const MODEL = 'gemini-4-hydrogen';

describeTextProvider('google', () =>
  vendorUnderTest({
    wire: new GeminiWire('goog-test'),
    provider: (baseUrl) =>
      new GeminiTextProvider({
        apiKey: 'goog-test',
        baseUrl: `${baseUrl}/v1beta`,
        models: [ableModel(MODEL)],
        ...PATIENCE,
      }),
    model: MODEL,
    faults: [
      ['rate_limited', 'no'], ['overloaded', 'no'], ['server', 'maybe'], ['timeout', 'maybe'], ['context_length', 'no'],
      ['invalid_request', 'no'], ['auth', 'no'],
    ], // prettier-ignore
    usage: { inputTokens: 20, cachedTokens: 100, outputTokens: 7, reasoningTokens: 3 },
  }),
);
