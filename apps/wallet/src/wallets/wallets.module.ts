import { Module } from '@nestjs/common';
import { GrantsModule } from '../grants/grants.module.js';
import { WalletAccess } from './wallet-access.js';
import { WalletsController } from './wallets.controller.js';
import { WalletsRepository } from './wallets.repository.js';
import { WalletsService } from './wallets.service.js';

@Module({
  imports: [GrantsModule],
  controllers: [WalletsController],
  providers: [WalletsService, WalletsRepository, WalletAccess],
  exports: [WalletAccess],
})
export class WalletsModule {}
