import { Module } from '@nestjs/common';
import { ModerationModule } from '../moderation/moderation.module.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';
import { TemplateChecks } from './template-checks.service.js';
import { TemplateNews } from './template-news.js';
import { TemplatesController } from './templates.controller.js';
import { TemplatesRepository } from './templates.repository.js';
import { TemplatesService } from './templates.service.js';

@Module({
  imports: [ModerationModule, WebhooksModule],
  controllers: [TemplatesController],
  providers: [TemplateChecks, TemplateNews, TemplatesRepository, TemplatesService],
  exports: [TemplatesService],
})
export class TemplatesModule {}
