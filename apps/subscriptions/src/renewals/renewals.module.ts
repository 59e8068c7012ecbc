import { Module } from '@nestjs/common';
import { Collection } from './collection.js';
import { RenewalsController } from './renewals.controller.js';
import { RenewalEvents } from './renewal-events.js';
import { RenewalSweep } from './renewals.jobs.js';
import { RenewalsRepository } from './renewals.repository.js';
import { RenewalsService } from './renewals.service.js';

@Module({
  controllers: [RenewalsController],
  providers: [RenewalsService, RenewalsRepository, RenewalEvents, Collection, RenewalSweep],
})
export class RenewalsModule {}
