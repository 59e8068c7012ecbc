import { Module } from '@nestjs/common';
import { ProvidersModule } from '../providers.module.js';
import { ProviderStatusController } from './provider-status.controller.js';

@Module({ imports: [ProvidersModule], controllers: [ProviderStatusController] })
export class ProviderStatusModule {}
