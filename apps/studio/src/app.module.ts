import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { SafeFetchModule } from '@eventzr/safe-fetch';
import { StorageModule } from '@eventzr/storage';
import { WalletClientModule } from '@eventzr/wallet-client';
import { AudioModule } from './audio/audio.module.js';
import { AssetsModule } from './assets/assets.module.js';
import { AvatarsModule } from './avatars/avatars.module.js';
import { CallbacksModule } from './callbacks/callbacks.module.js';
import type { StudioConfig } from './config.js';
import { ImageEditsModule } from './image-edits/image-edits.module.js';
import { ImagesModule } from './images/images.module.js';
import { InputsModule } from './inputs/inputs.module.js';
import { InternalModule } from './internal/internal.module.js';
import { JobsRoutesModule } from './jobs/jobs.module.js';
import { MusicModule } from './music/music.module.js';
import { PresentationsModule } from './presentations/presentations.module.js';
import { AutomationsModule } from './automations/automations.module.js';
import { BrandKitsModule } from './brand-kits/brand-kits.module.js';
import { PostersModule } from './posters/posters.module.js';
import { TemplatesModule } from './templates/templates.module.js';
import { PricesModule } from './prices/prices.module.js';
import { ProviderStatusModule } from './provider-status/provider-status.module.js';
import { RenderJobsModule } from './render-jobs/render-jobs.module.js';
import { VaultCopiesModule } from './vault-copies/vault-copies.module.js';
import { VideosModule } from './videos/videos.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import { VoiceModelsModule } from './voice-models/voice-models.module.js';

/** Studio's table of contents. */
@Module({})
export class AppModule {
  static register(config: StudioConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ImagesModule,
        ImageEditsModule,
        AudioModule,
        InternalModule,
        PostersModule,
        TemplatesModule,
        BrandKitsModule,
        AutomationsModule,
        VoiceModelsModule,
        InputsModule,
        MusicModule,
        PresentationsModule,
        VideosModule,
        AvatarsModule,
        RenderJobsModule,
        AssetsModule,
        VaultCopiesModule,
        PricesModule,
        JobsRoutesModule,
        SafeFetchModule.register({
          publicBaseUrl: config.publicBaseUrl,
          // Our own links lead to our own front door, wherever its name points to.
          internalBaseUrl: config.publicBaseUrl,
        }),
        CallbacksModule,
        ProviderStatusModule,
        WebhooksModule,
        StorageModule.register(config),
        WalletClientModule.register(config),
      ],
    };
  }
}
