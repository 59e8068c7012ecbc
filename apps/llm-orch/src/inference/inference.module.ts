import { Module } from '@nestjs/common';
import { BudgetsModule } from '../budgets/budgets.module.js';
import { CompletionCacheModule } from '../cache/cache.module.js';
import { ProvidersModule } from '../providers.module.js';
import { ReportsModule } from '../reports/reports.module.js';
import { RoutingModule } from '../routing/routing.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { CachedAnswers } from './cached-answers.js';
import { ChildOperations } from './child-operations.js';
import { CompletionPayment } from './completion-payment.js';
import { CompletionPlanner } from './completion-planner.js';
import { CompletionRunner } from './completion-runner.js';
import { CompletionStreams } from './completion-streams.js';
import { InferenceController } from './inference.controller.js';
import { InferenceRequests } from './inference.requests.js';
import { InferenceService } from './inference.service.js';
import { InternalInferenceController } from './internal-inference.controller.js';

@Module({
  imports: [CompletionCacheModule, ProvidersModule, RoutingModule, BudgetsModule, UsageModule, ReportsModule],
  controllers: [InferenceController, InternalInferenceController],
  providers: [
    CompletionPlanner,
    CompletionRunner,
    CompletionStreams,
    CompletionPayment,
    ChildOperations,
    CachedAnswers,
    InferenceService,
    InferenceRequests,
  ],
  exports: [CompletionPlanner, InferenceRequests],
})
export class InferenceModule {}
