import { Module } from '@nestjs/common';
import { RenderJobsModule } from '../render-jobs/render-jobs.module.js';
import { ImagesController } from './images.controller.js';
import { ImagesService } from './images.service.js';

@Module({
  imports: [RenderJobsModule],
  controllers: [ImagesController],
  providers: [ImagesService],
  exports: [ImagesService],
})
export class ImagesModule {}
