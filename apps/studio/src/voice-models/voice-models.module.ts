import { Module } from '@nestjs/common';
import { InputsModule } from '../inputs/inputs.module.js';
import { ProvidersModule } from '../providers.module.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';
import { ClonedVoicesModule } from './cloned-voices.module.js';
import { VoiceCare } from './voice-care.js';
import { VoiceModelsController } from './voice-models.controller.js';
import { VoiceModelsService } from './voice-models.service.js';
import { VoiceModelsSweep } from './voice-models.sweep.js';
import { VoiceNews } from './voice-news.js';
import { VoiceOutcome } from './voice-outcome.js';
import { VoiceRecordings } from './voice-recordings.js';
import { VoiceTraining } from './voice-training.js';

@Module({
  imports: [ClonedVoicesModule, InputsModule, ProvidersModule, WebhooksModule],
  controllers: [VoiceModelsController],
  providers: [
    VoiceModelsService,
    VoiceRecordings,
    VoiceNews,
    VoiceOutcome,
    VoiceTraining,
    VoiceCare,
    VoiceModelsSweep,
  ],
})
export class VoiceModelsModule {}
