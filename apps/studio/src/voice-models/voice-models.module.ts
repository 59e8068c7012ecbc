import { Module } from '@nestjs/common';
import { InputsModule } from '../inputs/inputs.module.js';
import { ProvidersModule } from '../providers.module.js';
import { VoiceModelsController } from './voice-models.controller.js';
import { VoiceModelsRepository } from './voice-models.repository.js';
import { VoiceModelsService } from './voice-models.service.js';
import { VoiceRecordings } from './voice-recordings.js';
import { VoiceTraining } from './voice-training.js';

@Module({
  imports: [InputsModule, ProvidersModule],
  controllers: [VoiceModelsController],
  providers: [VoiceModelsRepository, VoiceModelsService, VoiceRecordings, VoiceTraining],
})
export class VoiceModelsModule {}
