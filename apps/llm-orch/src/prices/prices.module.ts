import { Module } from '@nestjs/common';
import { EmbeddingsModule } from '../embeddings/embeddings.module.js';
import { InferenceModule } from '../inference/inference.module.js';
import { ModerationsModule } from '../moderations/moderations.module.js';
import { RerankModule } from '../rerank/rerank.module.js';
import { Estimates } from './estimates.js';
import { PricesController } from './prices.controller.js';
import { PricesService } from './prices.service.js';

@Module({
  imports: [InferenceModule, EmbeddingsModule, RerankModule, ModerationsModule],
  controllers: [PricesController],
  providers: [PricesService, Estimates],
})
export class PricesModule {}
