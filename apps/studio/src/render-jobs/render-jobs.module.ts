import { Global, Module } from '@nestjs/common';
import { PreferWaiter } from '@eventzr/http';
import { AssetsModule } from '../assets/assets.module.js';
import { ModerationModule } from '../moderation/moderation.module.js';
import { ProvenanceModule } from '../provenance/provenance.module.js';
import { CallbackUrls } from './callback-urls.js';
import { CancelSignals } from './cancel-signals.js';
import { FilmWork } from './film-work.js';
import { JobViews } from './job-views.js';
import { JobWaiter } from './job-waiter.js';
import { PieceFiles } from './piece-files.js';
import { PieceMaker } from './piece-maker.js';
import { PieceRound } from './piece-round.js';
import { PieceTasks } from './piece-tasks.js';
import { RenderCancel } from './render-cancel.js';
import { RenderClaims } from './render-claims.js';
import { RenderClosing } from './render-closing.js';
import { RenderEnding } from './render-ending.js';
import { RenderEventsRepository } from './render-events.repository.js';
import { RenderIntake } from './render-intake.js';
import { RenderJobsController } from './render-jobs.controller.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import { RenderJobsService } from './render-jobs.service.js';
import { StuckJobsSweep } from './render-jobs.sweep.js';
import { RenderOutcome } from './render-outcome.js';
import { RenderRecords } from './render-records.js';
import { RenderRetries } from './render-retries.js';
import { RenderRevival } from './render-revival.js';
import { RenderStandIn } from './render-stand-in.js';
import { RenderStream } from './render-stream.js';
import { RenderWakeups } from './render-wakeups.js';
import { RenderWaking } from './render-waking.js';
import { RenderWork } from './render-work.js';
import { RenderersModule } from './renderers.module.js';
import { SubmissionLog } from './submission-log.js';
import { SubmissionsRepository } from './submissions.repository.js';
import { VendorStop } from './vendor-stop.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';

/** Global for `PreferWaiter`, which the house looks up where an answer is sent. */
@Global()
@Module({
  imports: [AssetsModule, RenderersModule, ModerationModule, ProvenanceModule, WebhooksModule],
  controllers: [RenderJobsController],
  providers: [
    RenderJobsRepository,
    RenderEventsRepository,
    SubmissionsRepository,
    RenderJobsService,
    RenderIntake,
    RenderRetries,
    RenderRecords,
    RenderCancel,
    JobViews,
    RenderWork,
    FilmWork,
    RenderClaims,
    PieceFiles,
    PieceMaker,
    PieceRound,
    PieceTasks,
    SubmissionLog,
    CallbackUrls,
    VendorStop,
    RenderEnding,
    RenderStandIn,
    RenderClosing,
    RenderOutcome,
    CancelSignals,
    RenderWakeups,
    RenderStream,
    RenderRevival,
    RenderWaking,
    StuckJobsSweep,
    { provide: PreferWaiter, useClass: JobWaiter },
  ],
  exports: [
    CallbackUrls,
    RenderWaking,
    RenderJobsService,
    RenderJobsRepository,
    PieceFiles,
    StuckJobsSweep,
    PreferWaiter,
  ],
})
export class RenderJobsModule {}
