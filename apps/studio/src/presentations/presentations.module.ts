import { Module } from '@nestjs/common';
import { RenderJobsModule } from '../render-jobs/render-jobs.module.js';
import { PresentationsController } from './presentations.controller.js';
import { PresentationsService } from './presentations.service.js';

@Module({
  imports: [RenderJobsModule],
  controllers: [PresentationsController],
  providers: [PresentationsService],
  exports: [PresentationsService],
})
export class PresentationsModule {}
