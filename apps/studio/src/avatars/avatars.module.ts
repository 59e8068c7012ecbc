import { Module } from '@nestjs/common';
import { InputsModule } from '../inputs/inputs.module.js';
import { ProvidersModule } from '../providers.module.js';
import { RenderJobsModule } from '../render-jobs/render-jobs.module.js';
import { AvatarsController } from './avatars.controller.js';
import { AvatarsService } from './avatars.service.js';
import { PresentersService } from './presenters.service.js';

@Module({
  imports: [ProvidersModule, RenderJobsModule, InputsModule],
  controllers: [AvatarsController],
  providers: [AvatarsService, PresentersService],
  exports: [AvatarsService],
})
export class AvatarsModule {}
