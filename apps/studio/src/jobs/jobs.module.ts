import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/assets.module.js';
import { RenderJobsModule } from '../render-jobs/render-jobs.module.js';
import { JobsController } from './jobs.controller.js';

@Module({ imports: [AssetsModule, RenderJobsModule], controllers: [JobsController] })
export class JobsRoutesModule {}
