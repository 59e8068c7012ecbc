import type { OnModuleDestroy } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { StudioConfig } from './config.js';
import { ImageProviders } from './providers/image-providers.js';
import { CpuPool } from './providers/local/cpu-pool.js';
import { LocalImageProvider } from './providers/local/images/local-image-provider.js';
import { MediaTools } from './providers/local/media-tools/ffmpeg.js';
import { LocalMusicProvider } from './providers/local/music/local-music-provider.js';
import { MusicEngine } from './providers/local/music/music-engine.js';
import { MusicProviders } from './providers/music-providers.js';
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

/** Vendors' adapters come first once they are there. */
function musicProviders(config: StudioConfig, engine: MusicEngine, tools: MediaTools): MusicProviders {
  return new MusicProviders([], new LocalMusicProvider(engine, tools), config.localFallback === 'on');
}

/** Builds the adapters from the environment. */
@Module({
  providers: [
    { provide: CpuPool, useFactory: () => new CpuPool() },
    { provide: MediaTools, useFactory: () => new MediaTools() },
    { provide: MusicEngine, inject: [CpuPool], useFactory: (cpus: CpuPool) => new MusicEngine(cpus) },
    {
      provide: MusicProviders,
      inject: [StudioConfig, MusicEngine, MediaTools],
      useFactory: musicProviders,
    },
    { provide: ImageProviders, inject: [StudioConfig, CpuPool], useFactory: imageProviders },
  ],
  exports: [CpuPool, ImageProviders, MediaTools, MusicEngine, MusicProviders],
})
export class ProvidersModule implements OnModuleDestroy {
  constructor(private readonly cpus: CpuPool) {}

  /** Ends the threads of the local engines. */
  async onModuleDestroy(): Promise<void> {
    await this.cpus.close();
  }
}
