import { Module } from '@nestjs/common';
import { StudioConfig } from './config.js';
import { ImageProviders } from './providers/image-providers.js';
import { LocalImageProvider } from './providers/local/local-image-provider.js';
import { OpenAiImageProvider } from './providers/openai/openai-image-provider.js';

/** Builds the adapters from the environment. */
@Module({
  providers: [
    {
      provide: ImageProviders,
      inject: [StudioConfig],
      useFactory: (config: StudioConfig) =>
        new ImageProviders(
          [
            new OpenAiImageProvider({
              apiKey: config.openaiApiKey,
              baseUrl: config.openaiBaseUrl,
              model: config.openaiImageModel,
              timeoutMs: config.imageTimeoutMs,
            }),
          ],
          new LocalImageProvider(),
          config.localFallback === 'on',
        ),
    },
  ],
  exports: [ImageProviders],
})
export class ProvidersModule {}
