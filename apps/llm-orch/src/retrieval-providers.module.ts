import { Module } from '@nestjs/common';
import { LlmOrchConfig } from './config.js';
import { EmbeddingProviders } from './providers/embedding-provider.js';
import { LocalModerationProvider } from './providers/local/local-moderation-provider.js';
import { LocalEmbeddingProvider } from './providers/local/vectors/local-embedding-provider.js';
import { LocalRerankProvider } from './providers/local/vectors/local-rerank-provider.js';
import { ModerationProviders } from './providers/moderation-provider.js';
import { OpenAiEmbeddingProvider } from './providers/openai-compatible/openai-embedding-provider.js';
import { OpenAiModerationProvider } from './providers/openai-compatible/openai-moderation-provider.js';
import { PRICE_TABLE } from './providers/price-table.js';
import { RerankProviders } from './providers/rerank-provider.js';

/** Builds the adapters that write no text from the environment. */
@Module({
  providers: [
    {
      provide: EmbeddingProviders,
      inject: [LlmOrchConfig],
      useFactory: (config: LlmOrchConfig) =>
        new EmbeddingProviders({
          providers: [openAiEmbeddings(config), new LocalEmbeddingProvider()],
          ...fallbackOf(config),
        }),
    },
    {
      provide: RerankProviders,
      inject: [LlmOrchConfig],
      useFactory: (config: LlmOrchConfig) =>
        new RerankProviders({ providers: [new LocalRerankProvider()], ...fallbackOf(config) }),
    },
    {
      provide: ModerationProviders,
      inject: [LlmOrchConfig],
      useFactory: (config: LlmOrchConfig) =>
        new ModerationProviders({
          providers: [openAiModeration(config), new LocalModerationProvider()],
          ...fallbackOf(config),
        }),
    },
  ],
  exports: [EmbeddingProviders, RerankProviders, ModerationProviders],
})
export class RetrievalProvidersModule {}

/** Lengths of the models we know; others are taken at their server's word. */
const DIMENSIONS: Readonly<Record<string, number>> = {
  'text-embedding-3-small': 1_536,
  'text-embedding-3-large': 3_072,
};
const MAX_INPUT_TOKENS = 8_192;

function fallbackOf(config: LlmOrchConfig) {
  const ownerOf = (model: string) => PRICE_TABLE.find((row) => row.model === model)?.provider;
  return { localFallback: config.localFallback === 'on', ownerOf };
}

function endpoint(config: LlmOrchConfig) {
  return {
    name: 'openai',
    apiKey: config.openaiApiKey,
    baseUrl: config.openaiBaseUrl,
    timeoutMs: config.inferenceTimeoutMs,
    headersTimeoutMs: config.inferenceTimeoutMs,
  };
}

function openAiEmbeddings(config: LlmOrchConfig): OpenAiEmbeddingProvider {
  const models = named(config.openaiEmbeddingModels).map((id) => ({
    id,
    dimensions: DIMENSIONS[id] ?? 0,
    maxInputTokens: MAX_INPUT_TOKENS,
    shortens: id.startsWith('text-embedding-3'),
  }));
  return new OpenAiEmbeddingProvider({ ...endpoint(config), models });
}

function openAiModeration(config: LlmOrchConfig): OpenAiModerationProvider {
  const models = named(config.openaiModerationModels).map((id) => ({ id, categories: [] }));
  return new OpenAiModerationProvider({ ...endpoint(config), models });
}

/** `none` switches a kind off where the server has no such models. */
function named(list: string): string[] {
  const names = list.split(',').map((name) => name.trim());
  return names.filter((name) => name !== '' && name !== 'none');
}
