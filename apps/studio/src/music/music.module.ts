import { Module } from '@nestjs/common';
import { ProvidersModule } from '../providers.module.js';
import { RenderJobsModule } from '../render-jobs/render-jobs.module.js';
import { MusicController } from './music.controller.js';
import { MusicService } from './music.service.js';

@Module({
  imports: [ProvidersModule, RenderJobsModule],
  controllers: [MusicController],
  providers: [MusicService],
  exports: [MusicService],
})
export class MusicModule {}
