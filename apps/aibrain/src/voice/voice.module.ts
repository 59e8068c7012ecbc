import { Module } from '@nestjs/common';
import { ConversationsModule } from '../conversations/conversations.module.js';
import { OrchestrationModule } from '../orchestration/orchestration.module.js';
import { SpokenTurns } from './spoken-turns.js';
import { StudioAudio } from './studio-audio.js';
import { VoiceBounds } from './voice-bounds.js';
import { VoiceController } from './voice.controller.js';
import { VoiceRecords } from './voice-records.js';
import { VoiceService } from './voice.service.js';
import { VoiceSpending } from './voice-spending.js';
import { VoiceStages } from './voice-stages.js';
import { VoiceStepsRepository } from './voice-steps.repository.js';
import { VoiceTurn } from './voice-turn.js';

@Module({
  imports: [ConversationsModule, OrchestrationModule],
  controllers: [VoiceController],
  providers: [
    SpokenTurns,
    StudioAudio,
    VoiceBounds,
    VoiceRecords,
    VoiceService,
    VoiceSpending,
    VoiceStages,
    VoiceStepsRepository,
    VoiceTurn,
  ],
  exports: [VoiceBounds],
})
export class VoiceModule {}
