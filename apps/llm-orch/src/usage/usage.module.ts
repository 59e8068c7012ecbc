import { Module } from '@nestjs/common';
import { InferencesRepository } from './inferences.repository.js';
import { OldUsage } from './old-usage.js';
import { UsageController } from './usage.controller.js';
import { UsageLog } from './usage-log.js';
import { UsageReportsRepository } from './usage-reports.repository.js';
import { UsageService } from './usage.service.js';

@Module({
  controllers: [UsageController],
  providers: [InferencesRepository, OldUsage, UsageLog, UsageReportsRepository, UsageService],
  exports: [UsageLog, OldUsage],
})
export class UsageModule {}
