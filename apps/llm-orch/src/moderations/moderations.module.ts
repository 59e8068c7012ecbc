import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/calls.module.js';
import { RetrievalProvidersModule } from '../retrieval-providers.module.js';
import { ModerationsController } from './moderations.controller.js';
import { ModerationsService } from './moderations.service.js';

@Module({
  imports: [CallsModule, RetrievalProvidersModule],
  controllers: [ModerationsController],
  providers: [ModerationsService],
  exports: [ModerationsService],
})
export class ModerationsModule {}
