import { Module } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { LlmOrchConfig } from './config.js';
import { configuredVendors } from './providers/configured-vendors.js';
import { ggufProvider } from './providers/gguf/gguf-provider.js';
import { ThreadedLocalProvider } from './providers/local/threaded-local-provider.js';
import { modelsOf } from './providers/model-catalogue.js';
import { OpenAiCompatibleTextProvider } from './providers/openai-compatible/openai-compatible-text-provider.js';
import { PRICE_TABLE } from './providers/price-table.js';
import { TextProviders } from './providers/text-providers.js';

/** Builds the adapters from the environment. */
@Module({
  providers: [
    {
      provide: ThreadedLocalProvider,
      inject: [Clock],
      useFactory: (clock: Clock) => new ThreadedLocalProvider(() => clock.now()),
    },
    {
      provide: TextProviders,
      inject: [LlmOrchConfig, ThreadedLocalProvider, AppLogger],
      useFactory: async (config: LlmOrchConfig, local: ThreadedLocalProvider, logger: AppLogger) => {
        const gguf = await ggufProvider({
          modelPath: config.llmGgufPath,
          warn: (message) => logger.warn({}, message),
        });
        return new TextProviders({
          providers: [
            openai(config),
            ...configuredVendors(config),
            ...(gguf === undefined ? [] : [gguf]),
            local,
          ],
          localFallback: config.localFallback === 'on',
          ownerOf: (model) => PRICE_TABLE.find((row) => row.model === model)?.provider,
        });
      },
    },
  ],
  exports: [TextProviders],
})
export class ProvidersModule {}

function openai(config: LlmOrchConfig): OpenAiCompatibleTextProvider {
  return new OpenAiCompatibleTextProvider({
    name: 'openai',
    apiKey: config.openaiApiKey,
    baseUrl: config.openaiBaseUrl,
    models: modelsOf(config.openaiModels),
    timeoutMs: config.inferenceTimeoutMs,
    headersTimeoutMs: config.inferenceTimeoutMs,
    idleTimeoutMs: config.streamIdleTimeoutMs,
    connections: 256,
  });
}
