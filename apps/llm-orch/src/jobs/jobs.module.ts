import { Module } from '@nestjs/common';
import { BudgetsModule } from '../budgets/budgets.module.js';
import { CompletionCacheModule } from '../cache/cache.module.js';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { ProvidersModule } from '../providers.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { JobsController } from './jobs.controller.js';
import { LlmSweep } from './llm-sweep.js';
import { RefreshProviders } from './refresh-providers.js';

@Module({
  imports: [BudgetsModule, CompletionCacheModule, UsageModule, CatalogueModule, ProvidersModule],
  controllers: [JobsController],
  providers: [LlmSweep, RefreshProviders],
})
export class LlmJobsModule {}
