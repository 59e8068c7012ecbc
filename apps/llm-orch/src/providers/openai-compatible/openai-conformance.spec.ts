import { describeTextProvider } from '../text-provider.conformance.js';
import { openAiVendor } from './openai-vendor.fake.js';

describeTextProvider('openai-compatible', openAiVendor);
