import { Module } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { LlmOrchConfig } from './config.js';
import { configuredVendors } from './providers/configured-vendors.js';
import { ThreadedLocalProvider } from './providers/local/threaded-local-provider.js';
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
      inject: [LlmOrchConfig, ThreadedLocalProvider],
      useFactory: (config: LlmOrchConfig, local: ThreadedLocalProvider) =>
        new TextProviders({
          providers: [openai(config), ...configuredVendors(config), local],
          localFallback: config.localFallback === 'on',
          ownerOf: (model) => PRICE_TABLE.find((row) => row.model === model)?.provider,
        }),
    },
  ],
  exports: [TextProviders],
})
export class ProvidersModule {}

/** What every model worth configuring can do; the server itself refuses what does not fit. */
const COMMON_CAPABILITIES = {
  contextWindowTokens: 128_000,
  maxOutputTokens: 16_384,
  capabilities: ['text', 'json', 'tools'],
} as const;

function openai(config: LlmOrchConfig): OpenAiCompatibleTextProvider {
  return new OpenAiCompatibleTextProvider({
    name: 'openai',
    apiKey: config.openaiApiKey,
    baseUrl: config.openaiBaseUrl,
    models: config.openaiModels.split(',').map((model) => ({ id: model.trim(), ...COMMON_CAPABILITIES })),
    timeoutMs: config.inferenceTimeoutMs,
    headersTimeoutMs: config.inferenceTimeoutMs,
    idleTimeoutMs: config.streamIdleTimeoutMs,
    connections: 256,
  });
}
