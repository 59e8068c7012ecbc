import { Module } from '@nestjs/common';
import { Reconcile } from './reconciliation.jobs.js';
import { ReconciliationRepository } from './reconciliation.repository.js';

@Module({ providers: [Reconcile, ReconciliationRepository], exports: [Reconcile] })
export class ReconciliationModule {}
