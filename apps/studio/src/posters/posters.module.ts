import { Module } from '@nestjs/common';
import { BrandKitsModule } from '../brand-kits/brand-kits.module.js';
import { InputsModule } from '../inputs/inputs.module.js';
import { RenderJobsModule } from '../render-jobs/render-jobs.module.js';
import { TemplatesModule } from '../templates/templates.module.js';
import { PosterRequests } from './poster-requests.js';
import { PostersController } from './posters.controller.js';
import { InvitationsService, PostersService } from './posters.service.js';

@Module({
  imports: [BrandKitsModule, InputsModule, RenderJobsModule, TemplatesModule],
  controllers: [PostersController],
  providers: [PosterRequests, PostersService, InvitationsService],
  exports: [PostersService, InvitationsService],
})
export class PostersModule {}
