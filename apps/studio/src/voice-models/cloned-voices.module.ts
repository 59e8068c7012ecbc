import { Module } from '@nestjs/common';
import { ClonedVoices } from './cloned-voices.js';
import { VoiceModelsRepository } from './voice-models.repository.js';

/** The voices alone, apart from how they are made: speech needs nothing else. */
@Module({ providers: [ClonedVoices, VoiceModelsRepository], exports: [ClonedVoices, VoiceModelsRepository] })
export class ClonedVoicesModule {}
