import { Module } from '@nestjs/common';
import { BreakerSignals } from './breaker-signals.js';
import { Breakers } from './breakers.js';
import { OutageReports } from './outage-reports.js';

@Module({ providers: [BreakerSignals, Breakers, OutageReports], exports: [Breakers] })
export class BreakerModule {}
