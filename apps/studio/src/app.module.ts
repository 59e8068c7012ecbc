import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { StorageModule } from '@eventzr/storage';
import { WalletClientModule } from '@eventzr/wallet-client';
import { AssetsModule } from './assets/assets.module.js';
import type { StudioConfig } from './config.js';
import { ImagesModule } from './images/images.module.js';
import { JobsRoutesModule } from './jobs/jobs.module.js';
import { MusicModule } from './music/music.module.js';
import { PresentationsModule } from './presentations/presentations.module.js';
import { PricesModule } from './prices/prices.module.js';
import { RenderJobsModule } from './render-jobs/render-jobs.module.js';

/** Studio's table of contents. */
@Module({})
export class AppModule {
  static register(config: StudioConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ImagesModule,
        MusicModule,
        PresentationsModule,
        RenderJobsModule,
        AssetsModule,
        PricesModule,
        JobsRoutesModule,
        StorageModule.register(config),
        WalletClientModule.register(config),
      ],
    };
  }
}
