import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/assets.module.js';
import { QuotaModule } from '../quota/quota.module.js';
import { AssetRemoval } from './asset-removal.js';
import { CleanupController } from './cleanup.controller.js';
import { CleanupSweep } from './cleanup.jobs.js';
import { CleanupRepository } from './cleanup.repository.js';
import { CleanupService } from './cleanup.service.js';

@Module({
  imports: [AssetsModule, QuotaModule],
  controllers: [CleanupController],
  providers: [CleanupService, CleanupRepository, AssetRemoval, CleanupSweep],
})
export class CleanupModule {}
