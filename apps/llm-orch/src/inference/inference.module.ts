import { Module } from '@nestjs/common';
import { CompletionCacheModule } from '../cache/cache.module.js';
import { ProvidersModule } from '../providers.module.js';
import { ChildInferenceService, ChildOperations } from './child-inference.service.js';
import { CompletionPlanner } from './completion-planner.js';
import { CompletionRunner } from './completion-runner.js';
import { InferenceController, InternalInferenceController } from './inference.controller.js';
import { CachedRunner, CompletionPayment, InferenceService } from './inference.service.js';
import { InferenceRecords } from './inference-records.js';
import { InferencesRepository } from './inferences.repository.js';
import { OldSpend } from './old-spend.js';
import { OperationSpend } from './operation-spend.js';
import { OperationSpendRepository } from './operation-spend.repository.js';

@Module({
  imports: [ProvidersModule, CompletionCacheModule],
  controllers: [InferenceController, InternalInferenceController],
  providers: [
    CompletionPlanner,
    CompletionRunner,
    InferencesRepository,
    OperationSpend,
    OperationSpendRepository,
    OldSpend,
    InferenceRecords,
    InferenceService,
    CompletionPayment,
    CachedRunner,
    ChildInferenceService,
    ChildOperations,
  ],
  exports: [CompletionPlanner],
})
export class InferenceModule {}
