import { Module } from '@nestjs/common';
import { Brain } from './brain.js';
import { OrchestrationController } from './orchestration.controller.js';
import { OrchestrationHistory, OrchestrationLimits, OrchestrationService } from './orchestration.service.js';
import { OrchestrationRecords } from './orchestration-records.js';
import { OrchestrationsRepository } from './orchestrations.repository.js';

@Module({
  controllers: [OrchestrationController],
  providers: [
    Brain,
    OrchestrationService,
    OrchestrationLimits,
    OrchestrationHistory,
    OrchestrationRecords,
    OrchestrationsRepository,
  ],
  exports: [Brain],
})
export class OrchestrationModule {}
