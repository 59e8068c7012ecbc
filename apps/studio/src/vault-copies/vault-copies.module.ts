import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/assets.module.js';
import { VaultApi } from './vault-api.js';
import { VaultCopiesController } from './vault-copies.controller.js';
import { VaultCopiesRepository } from './vault-copies.repository.js';
import { VaultCopiesService } from './vault-copies.service.js';

/** Assets that users save for good. */
@Module({
  imports: [AssetsModule],
  controllers: [VaultCopiesController],
  providers: [VaultApi, VaultCopiesRepository, VaultCopiesService],
  exports: [VaultApi],
})
export class VaultCopiesModule {}
