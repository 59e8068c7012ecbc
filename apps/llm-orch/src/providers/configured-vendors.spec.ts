import { describe, expect, it } from '@jest/globals';
import { LlmOrchConfig } from '../config.js';
import { configuredVendors } from './configured-vendors.js';
import { findPrice } from './prices.js';
import { modelsOf } from './model-catalogue.js';

function vendorsWith(settings: Partial<LlmOrchConfig>) {
  return configuredVendors(Object.assign(new LlmOrchConfig(), settings));
}

function configured(settings: Partial<LlmOrchConfig>): readonly string[] {
  return vendorsWith(settings)
    .filter((provider) => provider.configured())
    .map(({ name }) => name);
}

describe('configuredVendors', () => {
  it('are none where nothing is configured', () => {
    expect(configured({})).toEqual([]);
  });

  it.each([
    ['anthropic', { anthropicApiKey: 'k' }],
    ['google', { googleApiKey: 'k' }],
    ['aws-bedrock', { bedrockRegion: 'eu-central-1', bedrockAccessKeyId: 'a', bedrockSecretAccessKey: 's' }],
    ['azure', { azureOpenaiApiKey: 'k', azureOpenaiBaseUrl: 'https://x.openai.azure.com/openai/v1' }],
    ['groq', { groqApiKey: 'k' }],
    ['openrouter', { openrouterApiKey: 'k' }],
    ['vllm', { vllmBaseUrl: 'http://gpu:8000/v1', vllmModels: 'qwen' }],
    ['ollama', { ollamaBaseUrl: 'http://gpu:11434/v1' }],
  ])('%s is switched on by %j, and all its models have a price', (name, settings) => {
    expect(configured(settings)).toEqual([name]);
    const models =
      vendorsWith(settings)
        .find((provider) => provider.name === name)
        ?.models() ?? [];
    expect(models.length).toBeGreaterThan(0);
    expect(models.filter(({ id }) => findPrice(name, id) === undefined)).toEqual([]);
  });

  it('can be many at once', () => {
    const settings = { groqApiKey: 'k', openrouterApiKey: 'k', ollamaBaseUrl: 'http://gpu:11434/v1' };
    expect(configured({ ...settings, anthropicApiKey: 'k' })).toEqual([
      'anthropic',
      'groq',
      'openrouter',
      'ollama',
    ]);
  });

  it('do not take Bedrock for configured by halves', () => {
    expect(configured({ bedrockRegion: 'eu-central-1' })).toEqual([]);
    expect(configured({ bedrockAccessKeyId: 'a', bedrockSecretAccessKey: 's' })).toEqual([]);
  });
});

describe('modelsOf', () => {
  it('reads a list with blanks and repetitions, the first one being the default', () => {
    expect(modelsOf(' b , a,,b').map(({ id }) => id)).toEqual(['b', 'a']);
    expect(modelsOf(' ')).toEqual([]);
  });

  it('knows the sizes of well-known models under whoever’s id', () => {
    const sizes = modelsOf(
      'eu.anthropic.claude-haiku-4-5-20251001-v1:0,gemini-4-neon,anthropic.claude-3-sonnet-20240229-v1:0',
    );
    expect(
      sizes.map(({ contextWindowTokens, maxOutputTokens }) => [contextWindowTokens, maxOutputTokens]),
    ).toEqual([
      [200_000, 64_000],
      [1_048_576, 65_536],
      [200_000, 4_096],
    ]);
  });
});
