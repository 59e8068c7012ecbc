import { Module } from '@nestjs/common';
import { OrchestrationsRepository } from '../orchestration/orchestrations.repository.js';
import { ConversationExportsController } from './conversation-exports.controller.js';
import { ConversationsController } from './conversations.controller.js';
import { ConversationsRepository } from './conversations.repository.js';
import { ConversationsService } from './conversations.service.js';

@Module({
  controllers: [ConversationsController, ConversationExportsController],
  providers: [ConversationsService, ConversationsRepository, OrchestrationsRepository],
  exports: [ConversationsService, ConversationsRepository, OrchestrationsRepository],
})
export class ConversationsModule {}
