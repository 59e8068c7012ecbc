import { Module } from '@nestjs/common';
import { WalletsModule } from '../wallets/wallets.module.js';
import { ExpireHolds } from './holds.jobs.js';
import { HoldsRepository } from './holds.repository.js';
import { HoldsService } from './holds.service.js';
import { InternalHoldsController } from './internal-holds.controller.js';
import { WalletHoldsController } from './wallet-holds.controller.js';
import { WalletHoldsRepository } from './wallet-holds.repository.js';

@Module({
  imports: [WalletsModule],
  controllers: [InternalHoldsController, WalletHoldsController],
  providers: [HoldsService, HoldsRepository, WalletHoldsRepository, ExpireHolds],
  exports: [ExpireHolds],
})
export class HoldsModule {}
