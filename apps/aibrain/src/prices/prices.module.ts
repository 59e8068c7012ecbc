import { Module } from '@nestjs/common';
import { ConversationsModule } from '../conversations/conversations.module.js';
import { OrchestrationModule } from '../orchestration/orchestration.module.js';
import { VoiceModule } from '../voice/voice.module.js';
import { PricesController } from './prices.controller.js';
import { PricesService } from './prices.service.js';

@Module({
  imports: [ConversationsModule, OrchestrationModule, VoiceModule],
  controllers: [PricesController],
  providers: [PricesService],
})
export class PricesModule {}
