import { Module } from '@nestjs/common';
import { InputStoreModule } from '../inputs/input-store.module.js';
import { AssetContents } from './asset-contents.js';
import { AssetLinks } from './asset-links.js';
import { AssetPurge } from './asset-purge.js';
import { AssetRecords } from './asset-records.js';
import { AssetsController } from './assets.controller.js';
import { AssetsRepository } from './assets.repository.js';
import { AssetsService } from './assets.service.js';
import { ExpiredAssetsSweep } from './assets.sweep.js';
import { JudgedAssets } from './judged-assets.js';

@Module({
  imports: [InputStoreModule],
  controllers: [AssetsController],
  providers: [
    AssetsRepository,
    AssetsService,
    AssetRecords,
    AssetContents,
    AssetLinks,
    AssetPurge,
    ExpiredAssetsSweep,
    JudgedAssets,
  ],
  exports: [AssetsRepository, AssetsService, AssetLinks, ExpiredAssetsSweep, JudgedAssets],
})
export class AssetsModule {}
