import { Module } from '@nestjs/common';
import { CallReports } from './call-reports.js';
import { QuotaLow } from './quota-low.events.js';

@Module({ providers: [CallReports, QuotaLow], exports: [CallReports] })
export class ReportsModule {}
