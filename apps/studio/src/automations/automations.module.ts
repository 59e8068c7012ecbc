import { Module } from '@nestjs/common';
import { BrandKitsModule } from '../brand-kits/brand-kits.module.js';
import { PostersModule } from '../posters/posters.module.js';
import { TemplatesModule } from '../templates/templates.module.js';
import { AutomationsController } from './automations.controller.js';
import { AutomationsRepository } from './automations.repository.js';
import { AutomationsService } from './automations.service.js';
import { WaitingAutomationsSweep } from './automations.sweep.js';
import { EventCreated } from './event-created.events.js';
import { EventPapers } from './event-papers.jobs.js';

@Module({
  imports: [BrandKitsModule, PostersModule, TemplatesModule],
  controllers: [AutomationsController],
  providers: [AutomationsRepository, AutomationsService, EventCreated, EventPapers, WaitingAutomationsSweep],
})
export class AutomationsModule {}
