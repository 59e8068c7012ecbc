import type { LlmOrchConfig } from '../config.js';
import { AnthropicTextProvider } from './anthropic/anthropic-text-provider.js';
import type { BedrockAccess } from './aws-bedrock/bedrock-client.js';
import { BedrockTextProvider } from './aws-bedrock/bedrock-text-provider.js';
import { GeminiTextProvider } from './google/gemini-text-provider.js';
import { modelsOf } from './model-catalogue.js';
import type { OpenAiCompatibleOptions } from './openai-compatible/openai-compatible-text-provider.js';
import { OpenAiCompatibleTextProvider } from './openai-compatible/openai-compatible-text-provider.js';
import type { TextProvider } from './text-provider.js';

/** Every vendor beside OpenAI, in order of preference; of the OpenAI-compatible servers those that are configured. */
export function configuredVendors(config: LlmOrchConfig): readonly TextProvider[] {
  const patience = {
    timeoutMs: config.inferenceTimeoutMs,
    headersTimeoutMs: config.inferenceTimeoutMs,
    idleTimeoutMs: config.streamIdleTimeoutMs,
    connections: 256,
  };
  return [
    new AnthropicTextProvider({
      apiKey: config.anthropicApiKey,
      baseUrl: config.anthropicBaseUrl,
      models: modelsOf(config.anthropicModels),
      ...patience,
    }),
    new GeminiTextProvider({
      apiKey: config.googleApiKey,
      baseUrl: config.googleBaseUrl,
      models: modelsOf(config.googleModels),
      ...patience,
    }),
    new BedrockTextProvider({
      access: bedrockAccess(config),
      models: modelsOf(config.bedrockModels),
      ...patience,
    }),
    ...compatibleServers(config)
      .map((server) => new OpenAiCompatibleTextProvider({ ...server, ...patience }))
      .filter((provider) => provider.configured()),
  ];
}

/** All of it or nothing: what is missing is never looked for on the machine. */
function bedrockAccess(config: LlmOrchConfig): BedrockAccess | undefined {
  const { bedrockRegion: region, bedrockAccessKeyId, bedrockSecretAccessKey } = config;
  if (region === undefined || bedrockAccessKeyId === undefined || bedrockSecretAccessKey === undefined)
    return undefined;
  return {
    region,
    accessKeyId: bedrockAccessKeyId,
    secretAccessKey: bedrockSecretAccessKey,
    sessionToken: config.bedrockSessionToken,
    endpoint: config.bedrockEndpoint,
  };
}

type Server = Pick<OpenAiCompatibleOptions, 'name' | 'apiKey' | 'baseUrl' | 'models' | 'keyless'>;

function compatibleServers(config: LlmOrchConfig): readonly Server[] {
  return [
    {
      name: 'azure',
      apiKey: config.azureOpenaiApiKey,
      baseUrl: config.azureOpenaiBaseUrl ?? '',
      models: modelsOf(config.azureOpenaiModels),
    },
    {
      name: 'groq',
      apiKey: config.groqApiKey,
      baseUrl: config.groqBaseUrl,
      models: modelsOf(config.groqModels),
    },
    {
      name: 'openrouter',
      apiKey: config.openrouterApiKey,
      baseUrl: config.openrouterBaseUrl,
      models: modelsOf(config.openrouterModels),
    },
    {
      name: 'vllm',
      apiKey: config.vllmApiKey,
      baseUrl: config.vllmBaseUrl ?? '',
      models: modelsOf(config.vllmModels),
      keyless: true,
    },
    {
      name: 'ollama',
      baseUrl: config.ollamaBaseUrl ?? '',
      models: modelsOf(config.ollamaModels),
      keyless: true,
    },
  ];
}
