import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { WalletClientModule } from '@eventzr/wallet-client';
import { BudgetsModule } from './budgets/budgets.module.js';
import { CatalogueModule } from './catalogue/catalogue.module.js';
import type { LlmOrchConfig } from './config.js';
import { EmbeddingsModule } from './embeddings/embeddings.module.js';
import { InferenceModule } from './inference/inference.module.js';
import { IngressModule } from './ingress/ingress.module.js';
import { LlmJobsModule } from './jobs/jobs.module.js';
import { ModerationsModule } from './moderations/moderations.module.js';
import { PricesModule } from './prices/prices.module.js';
import { RerankModule } from './rerank/rerank.module.js';
import { UsageModule } from './usage/usage.module.js';

/** llm-orch's table of contents. */
@Module({})
export class AppModule {
  static register(config: LlmOrchConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        InferenceModule,
        EmbeddingsModule,
        RerankModule,
        ModerationsModule,
        IngressModule,
        CatalogueModule,
        PricesModule,
        BudgetsModule,
        UsageModule,
        LlmJobsModule,
        WalletClientModule.register(config),
      ],
    };
  }
}
