import { Module } from '@nestjs/common';
import { Panels } from '../zar/panel.js';
import { ZarBounds } from '../zar/zar-bounds.js';
import { ZarSynthesis } from '../zar/zar-synthesis.js';
import { ZarService } from '../zar/zar.service.js';
import { Brain } from './brain.js';
import { OrchestrationController } from './orchestration.controller.js';
import { OrchestrationHistory, OrchestrationLimits, OrchestrationService } from './orchestration.service.js';
import { OrchestrationRecords } from './orchestration-records.js';
import { OrchestrationRequests } from './orchestration.requests.js';
import { OrchestrationsRepository } from './orchestrations.repository.js';

@Module({
  controllers: [OrchestrationController],
  providers: [
    Brain,
    OrchestrationRequests,
    Panels,
    ZarBounds,
    ZarSynthesis,
    ZarService,
    OrchestrationService,
    OrchestrationLimits,
    OrchestrationHistory,
    OrchestrationRecords,
    OrchestrationsRepository,
  ],
  exports: [Brain, Panels, ZarBounds],
})
export class OrchestrationModule {}
