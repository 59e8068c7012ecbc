import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { InferenceModule } from '../inference/inference.module.js';
import { OpenAiErrorFilter } from './openai-error.filter.js';
import { OpenAiIngressController } from './openai-ingress.controller.js';

@Module({
  imports: [InferenceModule, CatalogueModule],
  controllers: [OpenAiIngressController],
  providers: [OpenAiErrorFilter],
})
export class IngressModule {}
