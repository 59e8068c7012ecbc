import { Controller, Get, Headers, Query } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { bytes, Group, Route, UuidParam } from '@eventzr/http';
import { AiBrainErrors } from '../aibrain.errors.js';
import { ConversationExport, ExportQuery } from './conversations.dto.js';
import { ConversationsService } from './conversations.service.js';
import { markdownOf } from './conversation-markdown.js';

@Group('Conversations', 'What belongs together: each turn knows what was said before.')
@Controller('conversations')
@Authenticated()
export class ConversationExportsController {
  constructor(private readonly conversations: ConversationsService) {}

  @Get(':id/export')
  @Route({
    summary: 'Take a conversation out, with all its turns',
    description: 'Who may read a conversation may take it out. JSON has every field, Markdown is to be read.',
    answer: ConversationExport,
    contentTypes: ['application/json', 'text/markdown'],
    errors: [AiBrainErrors.CONVERSATION_NOT_FOUND],
  })
  async export(
    @UuidParam('id') id: string,
    @Query() { format }: ExportQuery,
    @Headers('accept') accept?: string,
  ) {
    const whole = await this.conversations.whole(id);
    const isRead = format === 'markdown' || (format === undefined && accept?.includes('text/markdown'));
    if (isRead !== true) return whole;
    return bytes(markdownOf(whole), {
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': `attachment; filename="conversation-${id}.md"`,
      'x-content-type-options': 'nosniff',
    });
  }
}
