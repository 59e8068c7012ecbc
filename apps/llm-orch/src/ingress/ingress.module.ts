import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { EmbeddingsModule } from '../embeddings/embeddings.module.js';
import { InferenceModule } from '../inference/inference.module.js';
import { ModerationsModule } from '../moderations/moderations.module.js';
import { OpenAiIngressController } from './openai-ingress.controller.js';
import { OpenAiRetrievalController } from './openai-retrieval.controller.js';

@Module({
  imports: [InferenceModule, CatalogueModule, EmbeddingsModule, ModerationsModule],
  controllers: [OpenAiIngressController, OpenAiRetrievalController],
})
export class IngressModule {}
