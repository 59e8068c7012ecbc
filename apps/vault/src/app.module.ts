import { Module, type DynamicModule } from '@nestjs/common';
import { StorageModule } from '@eventzr/storage';
import { AssetsModule } from './assets/assets.module.js';
import { CleanupModule } from './cleanup/cleanup.module.js';
import type { VaultConfig } from './config.js';
import { QuotaModule } from './quota/quota.module.js';

/** Table of contents. */
@Module({})
export class AppModule {
  static register(config: VaultConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [StorageModule.register(config), AssetsModule, QuotaModule, CleanupModule],
    };
  }
}
