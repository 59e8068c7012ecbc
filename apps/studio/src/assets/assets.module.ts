import { Module } from '@nestjs/common';
import { AssetLinks } from './asset-links.js';
import { AssetsController } from './assets.controller.js';
import { AssetsRepository } from './assets.repository.js';
import { AssetContents, AssetRecords, AssetsService } from './assets.service.js';
import { ExpiredAssetsSweep } from './assets.sweep.js';

@Module({
  controllers: [AssetsController],
  providers: [AssetsRepository, AssetsService, AssetRecords, AssetContents, AssetLinks, ExpiredAssetsSweep],
  exports: [AssetsRepository, AssetsService, AssetLinks, ExpiredAssetsSweep],
})
export class AssetsModule {}
