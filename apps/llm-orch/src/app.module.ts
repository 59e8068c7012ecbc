import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { WalletClientModule } from '@eventzr/wallet-client';
import { CatalogueModule } from './catalogue/catalogue.module.js';
import type { LlmOrchConfig } from './config.js';
import { InferenceModule } from './inference/inference.module.js';
import { PricesModule } from './prices/prices.module.js';

/** llm-orch's table of contents. */
@Module({})
export class AppModule {
  static register(config: LlmOrchConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [InferenceModule, CatalogueModule, PricesModule, WalletClientModule.register(config)],
    };
  }
}
