import { Global, Module } from '@nestjs/common';
import { PreferWaiter } from '@eventzr/http';
import { AssetsModule } from '../assets/assets.module.js';
import { CancelSignals } from './cancel-signals.js';
import { JobViews } from './job-views.js';
import { JobWaiter } from './job-waiter.js';
import { PieceMaker } from './piece-maker.js';
import { RenderCancel } from './render-cancel.js';
import { RenderClosing, RenderEnding, RenderOutcome } from './render-ending.js';
import { RenderersModule } from './renderers.module.js';
import { RenderEventsRepository } from './render-events.repository.js';
import { RenderJobsController } from './render-jobs.controller.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import { RenderIntake, RenderJobsService, RenderRecords } from './render-jobs.service.js';
import { RenderRevival, StuckJobsSweep } from './render-jobs.sweep.js';
import { RenderStream, RenderWakeups } from './render-stream.js';
import { RenderClaims, RenderWork } from './render-work.js';
import { SubmissionsRepository } from './submissions.repository.js';

/** Global for `PreferWaiter`, which the house looks up where an answer is sent. */
@Global()
@Module({
  imports: [AssetsModule, RenderersModule],
  controllers: [RenderJobsController],
  providers: [
    RenderJobsRepository,
    RenderEventsRepository,
    SubmissionsRepository,
    RenderJobsService,
    RenderIntake,
    RenderRecords,
    RenderCancel,
    JobViews,
    RenderWork,
    RenderClaims,
    PieceMaker,
    RenderEnding,
    RenderClosing,
    RenderOutcome,
    CancelSignals,
    RenderWakeups,
    RenderStream,
    RenderRevival,
    StuckJobsSweep,
    { provide: PreferWaiter, useClass: JobWaiter },
  ],
  exports: [RenderJobsService, StuckJobsSweep, PreferWaiter],
})
export class RenderJobsModule {}
