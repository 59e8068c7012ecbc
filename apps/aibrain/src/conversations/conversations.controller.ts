import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, PageQuery, Route, UuidParam } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { AiBrainErrors } from '../aibrain.errors.js';
import { OrchestrationRecord } from '../orchestration/orchestration.dto.js';
import {
  ChangeConversation,
  ConversationView,
  CreateConversation,
  DeletedConversation,
} from './conversations.dto.js';
import { ConversationsService } from './conversations.service.js';

@Group('Conversations', 'What belongs together: each turn knows what was said before.')
@Controller('conversations')
@Authenticated()
export class ConversationsController {
  constructor(private readonly conversations: ConversationsService) {}

  @Post()
  @Write('atomic')
  @Route({ summary: 'Begin a conversation', status: 201, answer: ConversationView })
  create(@Body() body: CreateConversation) {
    return this.conversations.create(body);
  }

  @Get()
  @Route({
    summary: 'List your conversations, newest first',
    description: 'Organizers and admins also see those that others share.',
    answer: [ConversationView],
  })
  list(@Query() query: PageQuery) {
    return this.conversations.list(query);
  }

  @Get(':id')
  @Route({
    summary: 'Get a conversation',
    answer: ConversationView,
    errors: [AiBrainErrors.CONVERSATION_NOT_FOUND],
  })
  get(@UuidParam('id') id: string) {
    return this.conversations.get(id);
  }

  @Patch(':id')
  @Write('atomic')
  @Route({
    summary: 'Rename, lock, archive or share a conversation',
    answer: ConversationView,
    errors: [AiBrainErrors.CONVERSATION_NOT_FOUND],
  })
  change(@UuidParam('id') id: string, @Body() body: ChangeConversation) {
    return this.conversations.change(id, body);
  }

  @Delete(':id')
  @Write('atomic')
  @Route({
    summary: 'Delete a conversation with its turns',
    answer: DeletedConversation,
    errors: [AiBrainErrors.CONVERSATION_NOT_FOUND],
  })
  delete(@UuidParam('id') id: string) {
    return this.conversations.delete(id);
  }

  @Get(':id/turns')
  @Route({
    summary: 'List the turns of a conversation, newest first',
    answer: [OrchestrationRecord],
    errors: [AiBrainErrors.CONVERSATION_NOT_FOUND],
  })
  turns(@UuidParam('id') id: string, @Query() query: PageQuery) {
    return this.conversations.turns(id, query);
  }
}
