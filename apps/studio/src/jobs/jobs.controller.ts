import { Controller, Post } from '@nestjs/common';
import { Job } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { JobReportView } from '@eventzr/jobs';
import { ExpiredAssetsSweep } from '../assets/assets.sweep.js';
import { StuckJobsSweep } from '../render-jobs/render-jobs.sweep.js';
import { DueDeliveriesSweep } from '../webhooks/webhooks.sweep.js';

@Group('Jobs', 'What schedulers call with the internal key.')
@Controller('jobs')
@Job()
export class JobsController {
  constructor(
    private readonly stuck: StuckJobsSweep,
    private readonly expired: ExpiredAssetsSweep,
    private readonly deliveries: DueDeliveriesSweep,
  ) {}

  @Post('sweep-stuck')
  @Route({
    summary: 'Bring back render jobs whose worker died, end those past their deadline',
    answer: JobReportView,
  })
  sweepStuck() {
    return this.stuck.run();
  }

  @Post('purge-expired')
  @Route({ summary: 'Remove files whose retention is over', answer: JobReportView })
  purgeExpired() {
    return this.expired.run();
  }

  @Post('deliver-webhooks')
  @Route({ summary: 'Send webhook messages that are due', answer: JobReportView })
  deliverWebhooks() {
    return this.deliveries.run();
  }
}
