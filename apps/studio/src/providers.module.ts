import type { OnModuleDestroy } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { StudioConfig } from './config.js';
import { ImageProviders } from './providers/image-providers.js';
import { LocalImageProvider } from './providers/local/local-image-provider.js';
import { OpenAiImageProvider } from './providers/openai/openai-image-provider.js';

/** The vendors' adapters in order of preference, then the one that needs none. */
function imageProviders(config: StudioConfig, local: LocalImageProvider): ImageProviders {
  const openai = new OpenAiImageProvider({
    apiKey: config.openaiApiKey,
    baseUrl: config.openaiBaseUrl,
    model: config.openaiImageModel,
    timeoutMs: config.imageTimeoutMs,
  });
  return new ImageProviders([openai], local, config.localFallback === 'on');
}

/** Builds the adapters from the environment. */
@Module({
  providers: [
    { provide: LocalImageProvider, useFactory: () => new LocalImageProvider() },
    { provide: ImageProviders, inject: [StudioConfig, LocalImageProvider], useFactory: imageProviders },
  ],
  exports: [ImageProviders],
})
export class ProvidersModule implements OnModuleDestroy {
  constructor(private readonly local: LocalImageProvider) {}

  /** Ends the render threads. */
  async onModuleDestroy(): Promise<void> {
    await this.local.close();
  }
}
