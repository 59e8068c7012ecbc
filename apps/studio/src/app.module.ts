import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { SafeFetchModule } from '@eventzr/safe-fetch';
import { StorageModule } from '@eventzr/storage';
import { WalletClientModule } from '@eventzr/wallet-client';
import { AudioModule } from './audio/audio.module.js';
import { AssetsModule } from './assets/assets.module.js';
import type { StudioConfig } from './config.js';
import { ImagesModule } from './images/images.module.js';
import { InputsModule } from './inputs/inputs.module.js';
import { InternalModule } from './internal/internal.module.js';
import { JobsRoutesModule } from './jobs/jobs.module.js';
import { PricesModule } from './prices/prices.module.js';
import { RenderJobsModule } from './render-jobs/render-jobs.module.js';
import { VoiceModelsModule } from './voice-models/voice-models.module.js';

/** Studio's table of contents. */
@Module({})
export class AppModule {
  static register(config: StudioConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ImagesModule,
        AudioModule,
        InternalModule,
        VoiceModelsModule,
        InputsModule,
        RenderJobsModule,
        AssetsModule,
        PricesModule,
        JobsRoutesModule,
        SafeFetchModule.register({
          publicBaseUrl: config.publicBaseUrl,
          // Our own links lead to our own front door, wherever its name points to.
          internalBaseUrl: config.publicBaseUrl,
        }),
        StorageModule.register(config),
        WalletClientModule.register(config),
      ],
    };
  }
}
