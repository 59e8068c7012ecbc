import { Module } from '@nestjs/common';
import { ExpiredRows } from './expired-rows.repository.js';

@Module({ providers: [ExpiredRows], exports: [ExpiredRows] })
export class ExpiryModule {}
