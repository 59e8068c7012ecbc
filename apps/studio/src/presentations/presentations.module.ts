import { Module } from '@nestjs/common';
import { BrandKitsModule } from '../brand-kits/brand-kits.module.js';
import { InputsModule } from '../inputs/inputs.module.js';
import { RenderJobsModule } from '../render-jobs/render-jobs.module.js';
import { TemplatesModule } from '../templates/templates.module.js';
import { PresentationRequests } from './presentation-requests.js';
import { PresentationsController } from './presentations.controller.js';
import { PresentationsService } from './presentations.service.js';

@Module({
  imports: [BrandKitsModule, InputsModule, RenderJobsModule, TemplatesModule],
  controllers: [PresentationsController],
  providers: [PresentationRequests, PresentationsService],
  exports: [PresentationsService],
})
export class PresentationsModule {}
