import { Module } from '@nestjs/common';
import { BreakerModule } from '../breaker/breaker.module.js';
import { InferenceModule } from '../inference/inference.module.js';
import { ProvidersModule } from '../providers.module.js';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueService } from './catalogue.service.js';
import { ProviderHealth } from './provider-health.js';

@Module({
  imports: [ProvidersModule, InferenceModule, BreakerModule],
  controllers: [CatalogueController],
  providers: [CatalogueService, ProviderHealth],
  exports: [CatalogueService, ProviderHealth],
})
export class CatalogueModule {}
