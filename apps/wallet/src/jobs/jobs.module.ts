import { Module } from '@nestjs/common';
import { GrantsModule } from '../grants/grants.module.js';
import { HoldsModule } from '../holds/holds.module.js';
import { ReconciliationModule } from '../reconciliation/reconciliation.module.js';
import { JobsController } from './jobs.controller.js';

@Module({ imports: [HoldsModule, GrantsModule, ReconciliationModule], controllers: [JobsController] })
export class JobRoutesModule {}
