import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/assets.module.js';
import { RenderJobsModule } from '../render-jobs/render-jobs.module.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';
import { JobsController } from './jobs.controller.js';

@Module({ imports: [AssetsModule, RenderJobsModule, WebhooksModule], controllers: [JobsController] })
export class JobsRoutesModule {}
