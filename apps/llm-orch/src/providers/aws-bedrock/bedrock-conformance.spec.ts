import { ableModel, PATIENCE, vendorUnderTest } from '../faults/vendor-under-test.fake.js';
import { describeTextProvider } from '../text-provider.conformance.js';
import { BedrockTextProvider } from './bedrock-text-provider.js';
import { BedrockWire } from './bedrock-wire.fake.js';

const MODEL = 'anthropic.claude-3-sonnet-20240229-v1:0';
const KEY = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret', region: 'eu-central-1' };

describeTextProvider('aws-bedrock', () =>
  vendorUnderTest({
    wire: new BedrockWire(KEY),
    provider: (endpoint) =>
      new BedrockTextProvider({
        access: { ...KEY, endpoint },
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
    strictFrames: true,
  }),
);
