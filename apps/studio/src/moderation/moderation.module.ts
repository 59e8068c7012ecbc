import { Module } from '@nestjs/common';
import { StudioConfig } from '../config.js';
import { OpenAiModerations } from '../providers/openai/openai-moderations.js';
import { ProvidersModule } from '../providers.module.js';
import { ImageModeration } from './image-moderation.js';
import { ModerationHealth } from './moderation.health.js';
import { PromptModeration } from './prompt-moderation.js';

/** Judges words before anything is held, and pixels that others made. */
@Module({
  imports: [ProvidersModule],
  providers: [
    {
      provide: OpenAiModerations,
      inject: [StudioConfig],
      useFactory: ({ openaiApiKey: apiKey, openaiBaseUrl: baseUrl }: StudioConfig) =>
        new OpenAiModerations({ apiKey, baseUrl }),
    },
    PromptModeration,
    ImageModeration,
    ModerationHealth,
  ],
  exports: [PromptModeration, ImageModeration],
})
export class ModerationModule {}
