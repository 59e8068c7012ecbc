import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/calls.module.js';
import { RetrievalProvidersModule } from '../retrieval-providers.module.js';
import { RerankController } from './rerank.controller.js';
import { RerankService } from './rerank.service.js';

@Module({
  imports: [CallsModule, RetrievalProvidersModule],
  controllers: [RerankController],
  providers: [RerankService],
  exports: [RerankService],
})
export class RerankModule {}
