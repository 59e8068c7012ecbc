import { Module } from '@nestjs/common';
import { InputsModule } from '../inputs/inputs.module.js';
import { ProvidersModule } from '../providers.module.js';
import { RenderJobsModule } from '../render-jobs/render-jobs.module.js';
import { ImageEditsController } from './image-edits.controller.js';
import { BackgroundsService, TransformsService, VariationsService } from './image-edits.service.js';

@Module({
  imports: [ProvidersModule, RenderJobsModule, InputsModule],
  controllers: [ImageEditsController],
  providers: [TransformsService, BackgroundsService, VariationsService],
  exports: [TransformsService, BackgroundsService, VariationsService],
})
export class ImageEditsModule {}
