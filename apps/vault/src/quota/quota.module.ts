import { Module } from '@nestjs/common';
import { QuotaController } from './quota.controller.js';
import { QuotaRepository } from './quota.repository.js';
import { QuotaService } from './quota.service.js';

@Module({
  controllers: [QuotaController],
  providers: [QuotaService, QuotaRepository],
  exports: [QuotaRepository],
})
export class QuotaModule {}
