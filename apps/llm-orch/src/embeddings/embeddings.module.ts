import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/calls.module.js';
import { RetrievalProvidersModule } from '../retrieval-providers.module.js';
import { EmbeddingsController } from './embeddings.controller.js';
import { EmbeddingsService } from './embeddings.service.js';

@Module({
  imports: [CallsModule, RetrievalProvidersModule],
  controllers: [EmbeddingsController],
  providers: [EmbeddingsService],
  exports: [EmbeddingsService],
})
export class EmbeddingsModule {}
