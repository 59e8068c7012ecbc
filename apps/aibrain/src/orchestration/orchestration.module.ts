import { Module } from '@nestjs/common';
import { ConversationsModule } from '../conversations/conversations.module.js';
import { Panels } from '../zar/panel.js';
import { ZarBounds } from '../zar/zar-bounds.js';
import { ZarSynthesis } from '../zar/zar-synthesis.js';
import { ZarService } from '../zar/zar.service.js';
import { Brain } from './brain.js';
import { OrchestrationController } from './orchestration.controller.js';
import { BrainStream } from './brain-stream.js';
import { OrchestrationHistory } from './orchestration-history.js';
import { OrchestrationLimits, OrchestrationService } from './orchestration.service.js';
import { OrchestrationRecords } from './orchestration-records.js';
import { OrchestrationRequests } from './orchestration.requests.js';

@Module({
  imports: [ConversationsModule],
  controllers: [OrchestrationController],
  providers: [
    Brain,
    BrainStream,
    OrchestrationRequests,
    Panels,
    ZarBounds,
    ZarSynthesis,
    ZarService,
    OrchestrationService,
    OrchestrationLimits,
    OrchestrationHistory,
    OrchestrationRecords,
  ],
  exports: [Brain, OrchestrationRecords, Panels, ZarBounds, ZarService],
})
export class OrchestrationModule {}
