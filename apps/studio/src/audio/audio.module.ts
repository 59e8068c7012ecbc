import { Module } from '@nestjs/common';
import { InputsModule } from '../inputs/inputs.module.js';
import { ProvidersModule } from '../providers.module.js';
import { RenderJobsModule } from '../render-jobs/render-jobs.module.js';
import { ClonedVoicesModule } from '../voice-models/cloned-voices.module.js';
import { AudioController } from './audio.controller.js';
import { SpeechService } from './speech.service.js';
import { TranscriptsService } from './transcripts.service.js';

@Module({
  imports: [ClonedVoicesModule, ProvidersModule, InputsModule, RenderJobsModule],
  controllers: [AudioController],
  providers: [SpeechService, TranscriptsService],
  exports: [SpeechService, TranscriptsService],
})
export class AudioModule {}
