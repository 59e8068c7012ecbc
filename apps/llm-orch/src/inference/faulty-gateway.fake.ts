import { baseUrlsAt, FAULT_KEYS } from '../providers/faults/fault-server.fake.js';

export const VENDORS = ['openai', 'anthropic', 'google', 'aws-bedrock'] as const;
export type Vendor = (typeof VENDORS)[number];

/** One model of each vendor that has a price. */
export const MODELS = {
  openai: 'gpt-4.1-mini',
  anthropic: 'claude-haiku-4-5',
  google: 'gemini-2.5-flash',
  'aws-bedrock': 'anthropic.claude-3-sonnet-20240229-v1:0',
} as const satisfies Record<Vendor, string>;

/** For specs: a gateway whose vendors all live at the fault server's address. */
export function faultyEnvironment(address: string) {
  const urls = baseUrlsAt(address);
  const { apiKey, bedrock } = FAULT_KEYS;
  return {
    COMPLETION_CACHE: 'off',
    INFERENCE_TIMEOUT_MS: '2500',
    STREAM_IDLE_TIMEOUT_MS: '700',
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: urls.openai,
    ANTHROPIC_API_KEY: apiKey,
    ANTHROPIC_BASE_URL: urls.anthropic,
    GOOGLE_API_KEY: apiKey,
    GOOGLE_BASE_URL: urls.google,
    BEDROCK_REGION: bedrock.region,
    BEDROCK_ACCESS_KEY_ID: bedrock.accessKeyId,
    BEDROCK_SECRET_ACCESS_KEY: bedrock.secretAccessKey,
    BEDROCK_ENDPOINT: urls.bedrock,
  };
}
