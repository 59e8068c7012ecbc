import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/assets.module.js';
import { InputsModule } from '../inputs/inputs.module.js';
import { ProvidersModule } from '../providers.module.js';
import { RenderJobsModule } from '../render-jobs/render-jobs.module.js';
import { ImageEditsController } from './image-edits.controller.js';
import { BackgroundsService, TransformsService, VariationsService } from './image-edits.service.js';
import { OwnDrawings } from './own-drawings.js';

@Module({
  imports: [AssetsModule, ProvidersModule, RenderJobsModule, InputsModule],
  controllers: [ImageEditsController],
  providers: [OwnDrawings, TransformsService, BackgroundsService, VariationsService],
  exports: [TransformsService, BackgroundsService, VariationsService],
})
export class ImageEditsModule {}
