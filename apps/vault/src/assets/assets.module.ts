import { Module } from '@nestjs/common';
import { QuotaModule } from '../quota/quota.module.js';
import { AssetBytes } from './asset-bytes.js';
import { AssetViews } from './asset-view.js';
import { AssetsController } from './assets.controller.js';
import { AssetsRepository } from './assets.repository.js';
import { AssetsService } from './assets.service.js';
import { ContentService } from './content.service.js';
import { UploadRecords } from './upload-records.js';
import { UploadsService } from './uploads.service.js';

@Module({
  imports: [QuotaModule],
  controllers: [AssetsController],
  providers: [
    AssetsService,
    AssetsRepository,
    AssetViews,
    AssetBytes,
    UploadRecords,
    UploadsService,
    ContentService,
  ],
  exports: [AssetsRepository, AssetBytes, UploadRecords],
})
export class AssetsModule {}
