import { AnthropicTextProvider } from '../anthropic/anthropic-text-provider.js';
import { BedrockTextProvider } from '../aws-bedrock/bedrock-text-provider.js';
import { GeminiTextProvider } from '../google/gemini-text-provider.js';
import { OpenAiCompatibleTextProvider } from '../openai-compatible/openai-compatible-text-provider.js';
import type { TextProvider } from '../text-provider.js';
import { baseUrlsAt, FAULT_KEYS, FAULTS } from './fault-server.fake.js';
import { ableModel } from './vendor-under-test.fake.js';

/** How long a provider waits for a call, and for the next piece of a stream, in milliseconds. */
export interface Patience {
  readonly timeoutMs: number;
  readonly idleTimeoutMs: number;
}

export type ClosableProvider = TextProvider & { close(): Promise<void> };

/** For specs: a provider of each vendor at the fault server's address, by the vendor's name. */
export function faultyVendors(address: string, patience: Patience): Record<string, ClosableProvider> {
  const urls = baseUrlsAt(address);
  const { apiKey, bedrock } = FAULT_KEYS;
  const models = Object.keys(FAULTS).map(ableModel);
  const common = { models, headersTimeoutMs: patience.timeoutMs, ...patience };
  return {
    openai: new OpenAiCompatibleTextProvider({ ...common, name: 'openai', apiKey, baseUrl: urls.openai }),
    anthropic: new AnthropicTextProvider({ ...common, apiKey, baseUrl: urls.anthropic }),
    google: new GeminiTextProvider({ ...common, apiKey, baseUrl: urls.google }),
    'aws-bedrock': new BedrockTextProvider({ ...common, access: { ...bedrock, endpoint: urls.bedrock } }),
  };
}
