import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { SafeFetchModule } from '@eventzr/safe-fetch';
import { StorageModule } from '@eventzr/storage';
import { WalletClientModule } from '@eventzr/wallet-client';
import { AssetsModule } from './assets/assets.module.js';
import { CallbacksModule } from './callbacks/callbacks.module.js';
import type { StudioConfig } from './config.js';
import { ImagesModule } from './images/images.module.js';
import { JobsRoutesModule } from './jobs/jobs.module.js';
import { PricesModule } from './prices/prices.module.js';
import { ProviderStatusModule } from './provider-status/provider-status.module.js';
import { RenderJobsModule } from './render-jobs/render-jobs.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** Studio's table of contents. */
@Module({})
export class AppModule {
  static register(config: StudioConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ImagesModule,
        RenderJobsModule,
        AssetsModule,
        PricesModule,
        JobsRoutesModule,
        CallbacksModule,
        ProviderStatusModule,
        WebhooksModule,
        SafeFetchModule.register({}),
        StorageModule.register(config),
        WalletClientModule.register(config),
      ],
    };
  }
}
