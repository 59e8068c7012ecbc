import type { OnModuleDestroy } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { StudioConfig } from './config.js';
import { ImageProviders } from './providers/image-providers.js';
import { CpuPool } from './providers/local/cpu-pool.js';
import { LocalImageProvider } from './providers/local/images/local-image-provider.js';
import type { ListedRegistry } from './providers/provider-catalogue.js';
import { ProviderCatalogue } from './providers/provider-catalogue.js';
import { OpenAiImageProvider } from './providers/openai/openai-image-provider.js';

/** The vendors' adapters in order of preference, then the one that needs none. */
function imageProviders(config: StudioConfig, cpus: CpuPool): ImageProviders {
  const openai = new OpenAiImageProvider({
    apiKey: config.openaiApiKey,
    baseUrl: config.openaiBaseUrl,
    model: config.openaiImageModel,
    timeoutMs: config.imageTimeoutMs,
  });
  return new ImageProviders([openai], new LocalImageProvider(cpus), config.localFallback === 'on');
}

/** Builds the adapters from the environment. */
@Module({
  providers: [
    { provide: CpuPool, useFactory: () => new CpuPool() },
    { provide: ImageProviders, inject: [StudioConfig, CpuPool], useFactory: imageProviders },
    {
      provide: ProviderCatalogue,
      inject: [ImageProviders],
      useFactory: (...registries: ListedRegistry[]) => new ProviderCatalogue(registries),
    },
  ],
  exports: [CpuPool, ProviderCatalogue, ImageProviders],
})
export class ProvidersModule implements OnModuleDestroy {
  constructor(private readonly cpus: CpuPool) {}

  /** Ends the threads of the local engines. */
  async onModuleDestroy(): Promise<void> {
    await this.cpus.close();
  }
}
